# Correlations with their intervals, where people sit in clusters too.
# Run: Rscript association.R FOLDER_OF_SYNTH_SETS OUTPUT.json
suppressPackageStartupMessages({library(jsonlite); library(lavaan)})
arguments <- commandArgs(trailingOnly = TRUE)
data <- read.csv(file.path(arguments[1], "synth_team.csv"))
entries <- list()
add <- function(statistic, value, call, tol, package = "stats") {
  entries[[length(entries) + 1]] <<- list(
    id = paste("association", "synth_team", statistic, sep = "/"), dataset = "synth_team",
    statistic = statistic, value = value, call = call, package = package,
    version = as.character(packageVersion(package)), tol = tol)
}
found <- cor.test(data$q1, data$q2)
add("fisher", c(unname(found$estimate), found$conf.int), "cor.test(q1, q2)", 1e-9)
found90 <- cor.test(data$q1, data$q3, conf.level = 0.9)
add("fisher_90", c(unname(found90$estimate), found90$conf.int),
    "cor.test(q1, q3, conf.level = 0.9)", 1e-9)
# the standard error of the correlation by the sandwich of a saturated model
both <- subset(data, !is.na(q1) & !is.na(q2))
fit <- sem("q1 ~~ q2", both, estimator = "MLR", cluster = "team", meanstructure = TRUE)
row <- subset(standardizedSolution(fit), lhs == "q1" & rhs == "q2")
add("by_cluster", c(row$est.std, row$se, length(unique(both$team))),
    "standardizedSolution(sem('q1 ~~ q2', estimator = 'MLR', cluster = 'team'))", 1e-5, "lavaan")
write_json(list(entries = entries), arguments[2],
           auto_unbox = TRUE, digits = NA, pretty = TRUE)
