# Stated factors, one behind each item, and their tests against one factor.
# Run: Rscript structure.R FOLDER_OF_SYNTH_SETS OUTPUT.json
suppressPackageStartupMessages({library(lavaan); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
read <- function(name) read.csv(file.path(arguments[1], name))
whole <- read("synth_structure.csv")
complete <- whole[complete.cases(whole), ]
team <- read("synth_team.csv")
team <- team[complete.cases(team), ]
team$q4 <- 6 - team$q4
x <- paste0("x", 1:9)
three <- "a =~ x1 + x2 + x3 + x4\nb =~ x5 + x6 + x7\nc =~ x8 + x9"
two <- "ab =~ x1 + x2 + x3 + x4 + x5 + x6 + x7\nc =~ x8 + x9"
one <- "g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9"
halves <- "a =~ q1 + q3 + q5\nb =~ q2 + q4 + q6"
entries <- list()
add <- function(dataset, statistic, value, call, tol) {
  entries[[length(entries) + 1]] <<- list(
    id = paste("structure", dataset, statistic, sep = "/"), dataset = dataset,
    statistic = statistic, value = value, call = call, package = "lavaan",
    version = as.character(packageVersion("lavaan")), r = R.version.string, tol = tol)
}
plain <- c("chisq", "df", "pvalue", "baseline.chisq", "baseline.df", "cfi", "tli", "nfi", "rni",
           "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "rmsea.pvalue", "srmr")
likelihood <- c("npar", "logl", "aic", "bic", "rmr", "gfi")
scaled <- c("chisq.scaled", "pvalue.scaled", "chisq.scaling.factor", "baseline.chisq.scaled",
            "cfi.scaled", "tli.scaled", "rmsea.scaled", "rmsea.ci.lower.scaled",
            "rmsea.ci.upper.scaled")
robust <- c("cfi.robust", "tli.robust", "rmsea.robust", "rmsea.ci.lower.robust",
            "rmsea.ci.upper.robust")
fit <- function(object, names) as.list(unclass(fitMeasures(object, names)))
# loadings item by item; correlations of factors in the order ab, ac, bc
parameters <- function(object) {
  p <- parameterEstimates(object)
  s <- standardizedSolution(object)
  f <- lavNames(object, "lv")
  own <- p$op == "~~" & p$lhs == p$rhs & !(p$lhs %in% f)
  across <- p$op == "~~" & p$lhs != p$rhs
  load <- p$op == "=~"
  found <- list(loadings = p$est[load], loadings_error = p$se[load],
    loadings_std = s$est.std[s$op == "=~"], loadings_std_error = s$se[s$op == "=~"],
    own = p$est[own], correlations = p$est[across], correlations_error = p$se[across])
  if (!lavInspect(object, "categorical")) found$own_error <- p$se[own]
  found
}
f <- function(model, data, ...) cfa(model, data, std.lv = TRUE, ...)
set <- "synth_structure"
object <- f(three, complete)
add(set, "ml", c(fit(object, c(plain, likelihood)), parameters(object)),
    "cfa(three factors), complete rows", 1e-5)
add("synth_team", "ml_halves", {
  object <- f(halves, team)
  c(fit(object, c(plain, likelihood)), parameters(object))
}, "cfa(two factors), complete rows", 1e-5)
object <- f(three, complete, estimator = "MLR")
add(set, "mlr", c(fit(object, c(scaled, robust)), parameters(object)),
    "cfa(three factors, estimator = 'MLR'), complete rows", 1e-5)
object <- f(three, complete, estimator = "MLR", cluster = "team")
add(set, "mlr_cluster", c(fit(object, c(scaled, robust)), parameters(object)),
    "cfa(three factors, estimator = 'MLR', cluster = 'team'), complete rows", 1e-5)
object <- f(three, whole, missing = "fiml")
add(set, "fiml", c(fit(object, c(plain, "npar", "logl", "aic", "bic")), parameters(object)),
    "cfa(three factors, missing = 'fiml')", 1e-4)
object <- f(three, whole, estimator = "MLR", cluster = "team", missing = "fiml")
add(set, "mlr_cluster_fiml", c(fit(object, scaled), parameters(object)),
    "cfa(three factors, estimator = 'MLR', cluster = 'team', missing = 'fiml')", 1e-4)
object <- f(three, complete, ordered = x, estimator = "WLSMV")
add(set, "wlsmv", c(fit(object, c(plain, "npar", scaled, "rmsea.pvalue.scaled", robust)),
                    parameters(object)),
    "cfa(three factors, ordered = names(x), estimator = 'WLSMV'), complete rows", 1e-4)

tests <- function(statistic, tol, call, shifted, ...) {
  loose <- f(three, complete, ...)
  value <- lapply(list(two = two, one = one), function(model) {
    tight <- f(model, complete, ...)
    test <- lavTestLRT(loose, tight, method = "satorra.2000", scaled.shifted = shifted)
    found <- list(df = test[2, "Df diff"], scaled = test[2, "Chisq diff"],
                  scaled_p = test[2, "Pr(>Chisq)"])
    for (name in c("chisq", "cfi", "rmsea"))
      found[[name]] <- unname(fitMeasures(tight, name) - fitMeasures(loose, name))
    found
  })
  add(set, statistic, value, call, tol)
}
tests("difference_mlr", 1e-5,
      "lavTestLRT(three, two or one, method = 'satorra.2000', scaled.shifted = FALSE), MLR",
      FALSE, estimator = "MLR", meanstructure = TRUE)
tests("difference_cluster", 1e-5, "the same, cluster = 'team'",
      FALSE, estimator = "MLR", meanstructure = TRUE, cluster = "team")
tests("difference_wlsmv", 1e-4,
      "lavTestLRT(three, two or one, method = 'satorra.2000'), WLSMV",
      TRUE, estimator = "WLSMV", ordered = x)
write_json(list(entries = entries), arguments[2], auto_unbox = TRUE, digits = 15, pretty = TRUE,
           na = "null", null = "null")
