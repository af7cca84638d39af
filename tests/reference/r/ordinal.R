# Polychoric correlations, one factor behind ordinal items, and the reliability of their sum.
# Run: Rscript ordinal.R FOLDER_OF_SYNTH_SETS OUTPUT.json
suppressPackageStartupMessages({library(lavaan); library(semTools); library(polycor)
                                library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
team <- read.csv(file.path(arguments[1], "synth_team.csv"))
team$q4 <- 6 - team$q4
q <- paste0("q", 1:6)
careless <- read.csv(file.path(arguments[1], "synth_careless.csv"))[, sprintf("v%02d", 1:6)]
cut3 <- function(x) 1 + (x >= 3) + (x >= 4)
sets <- list(
  synth_team_mixed = within(team[, q], {q1 <- 1 * (q1 >= 3); q2 <- 1 * (q2 >= 4); q3 <- cut3(q3)}),
  synth_team_two = as.data.frame(lapply(team[, q], function(x) 1 * (x >= 3))),
  synth_careless_six = careless)
entries <- list()
add <- function(dataset, statistic, value, call, package, tol) {
  entries[[length(entries) + 1]] <<- list(
    id = paste("ordinal", dataset, statistic, sep = "/"), dataset = dataset,
    statistic = statistic, value = value, call = call, package = package,
    version = as.character(packageVersion(package)), tol = tol)
}
plain <- c("chisq", "df", "pvalue", "baseline.chisq", "baseline.df", "cfi", "tli", "nfi", "rni",
           "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "rmsea.pvalue", "srmr")
scaled <- c("chisq.scaled", "pvalue.scaled", "chisq.scaling.factor", "baseline.chisq.scaled",
            "cfi.scaled", "tli.scaled", "nfi.scaled", "rni.scaled", "rmsea.scaled",
            "rmsea.ci.lower.scaled", "rmsea.ci.upper.scaled", "rmsea.pvalue.scaled")
robust <- c("cfi.robust", "tli.robust", "rni.robust", "rmsea.robust", "rmsea.ci.lower.robust",
            "rmsea.ci.upper.robust", "rmsea.pvalue.robust")
for (name in names(sets)) {
  x <- sets[[name]]
  model <- paste("f =~", paste(names(x), collapse = " + "))
  object <- cfa(model, x, ordered = names(x), std.lv = TRUE, estimator = "WLSMV")
  p <- parameterEstimates(object)
  add(name, "wlsmv", c(as.list(unclass(fitMeasures(object, c(plain, scaled, robust)))), list(
    loadings = p$est[p$op == "=~"], loadings_error = p$se[p$op == "=~"],
    thresholds = p$est[p$op == "|"], thresholds_error = p$se[p$op == "|"])),
    "cfa(ordered = names(x), std.lv = TRUE, estimator = 'WLSMV'), complete rows", "lavaan", 1e-4)
  add(name, "omega", list(
    sum_observed = unname(compRelSEM(object, ord.scale = TRUE))[[1]],
    sum_implied = unname(compRelSEM(object, ord.scale = TRUE, obs.var = FALSE))[[1]],
    latent_observed = unname(compRelSEM(object, ord.scale = FALSE))[[1]],
    latent_implied = unname(compRelSEM(object, ord.scale = FALSE, obs.var = FALSE))[[1]]),
    "compRelSEM(ord.scale =, obs.var =)", "semTools", 1e-4)
}
x <- team[, q]
r <- function(x, ...) unname(unclass(lavCor(x, ordered = names(x), ...))[1:ncol(x), 1:ncol(x)])
add("synth_team", "pairwise", r(x, missing = "pairwise"),
    "lavCor(ordered = names(x), missing = 'pairwise')", "lavaan", 1e-5)
p <- lavCor(x, ordered = q, se = "standard", output = "est")
p <- p[p$op == "~~" & p$lhs != p$rhs, ]
add("synth_team", "errors", list(est = p$est, se = p$se),
    "lavCor(ordered = names(x), se = 'standard', output = 'est'), complete rows", "lavaan", 1e-4)
# tables with empty cells, as counts by row
tables <- list(two = matrix(c(30, 0, 5, 25), 2, byrow = TRUE),
  two_by_three = matrix(c(20, 6, 0, 0, 18, 7), 2, byrow = TRUE),
  three = matrix(c(20, 6, 0, 5, 18, 7, 0, 3, 21), 3, byrow = TRUE))
for (name in names(tables)) {
  t <- tables[[name]]
  cells <- expand.grid(a = seq_len(nrow(t)), b = seq_len(ncol(t)))
  x <- cells[rep(seq_len(nrow(cells)), as.vector(t)), ]
  add(paste0("table_", name), "corrections", list(
    counts = t, default = r(x)[1, 2], all = r(x, zero.add = c(0.5, 0.5))[1, 2]),
    "lavCor(); lavCor(zero.add = c(0.5, 0.5))", "lavaan", 1e-5)
}
full <- matrix(c(20, 6, 2, 5, 18, 7, 1, 3, 21), 3, byrow = TRUE)
control <- list(reltol = 1e-15, maxit = 10000)
found <- polychor(full, ML = TRUE, std.err = TRUE, control = control)
add("table_full", "ml", list(counts = full, rho = found$rho, two_step = polychor(full)),
    "polychor(ML = TRUE, control = list(reltol = 1e-15))", "polycor", 1e-5)
# from numerical second derivatives at the estimate
add("table_full", "ml_error", list(counts = full, se = sqrt(found$var[1, 1])),
    "polychor(ML = TRUE, std.err = TRUE)", "polycor", 1e-3)
write_json(list(entries = entries), arguments[2], auto_unbox = TRUE, digits = 15, pretty = TRUE,
           na = "null", null = "null")
