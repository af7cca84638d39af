# One-factor models, their robust tests, and measurement invariance over groups and over waves.
# Run: Rscript factor_models.R FOLDER_OF_SYNTH_TEAM OUTPUT.json
suppressPackageStartupMessages({library(lavaan); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
team <- read.csv(file.path(arguments[1], "synth_team.csv"))
team$q4 <- 6 - team$q4
team$half <- ifelse(team$team %% 2 == 1, "odd", "even")
complete <- team[complete.cases(team), ]
one <- "f =~ q1+q2+q3+q4+q5+q6"
equal <- "f =~ a*q1+a*q2+a*q3+a*q4+a*q5+a*q6"
entries <- list()
version <- as.character(packageVersion("lavaan"))
add <- function(dataset, statistic, value, call, tol) {
  entries[[length(entries) + 1]] <<- list(
    id = paste("factor_models", dataset, statistic, sep = "/"), dataset = dataset,
    statistic = statistic, value = value, call = call, package = "lavaan",
    version = version, tol = tol)
}
measures <- c("chisq", "df", "pvalue", "baseline.chisq", "baseline.df", "cfi", "tli", "rmsea",
              "rmsea.ci.lower", "rmsea.ci.upper", "rmsea.pvalue", "srmr", "logl", "npar")
scaled <- c("chisq.scaled", "pvalue.scaled", "chisq.scaling.factor", "baseline.chisq.scaled",
            "cfi.scaled", "tli.scaled", "rmsea.scaled", "rmsea.ci.lower.scaled",
            "rmsea.ci.upper.scaled")
robust <- c("cfi.robust", "tli.robust", "rmsea.robust", "rmsea.ci.lower.robust",
            "rmsea.ci.upper.robust")
fit <- function(object, names) as.list(unclass(fitMeasures(object, names)))
errors <- function(object) {
  p <- parameterEstimates(object)
  p <- p[!(p$op == "~~" & p$lhs == "f") & !(p$op == "~1" & p$lhs == "f"), ]
  list(op = p$op, est = p$est, se = p$se)
}

object <- cfa(one, complete, std.lv = TRUE, estimator = "MLR")
add("synth_team", "mlr_listwise", c(fit(object, c(scaled, robust)), errors(object)),
    "cfa(estimator = 'MLR'), complete rows", 1e-5)
object <- cfa(one, team, std.lv = TRUE, estimator = "MLR", missing = "fiml")
add("synth_team", "mlr_fiml", c(fit(object, c(measures, scaled)), errors(object)),
    "cfa(estimator = 'MLR', missing = 'fiml')", 1e-4)
object <- cfa(one, complete, std.lv = TRUE, estimator = "MLR", cluster = "team")
add("synth_team", "mlr_cluster", c(fit(object, c(scaled, robust)), errors(object)),
    "cfa(estimator = 'MLR', cluster = 'team'), complete rows", 1e-5)
object <- cfa(one, team, std.lv = TRUE, estimator = "MLR", cluster = "team", missing = "fiml")
add("synth_team", "mlr_cluster_fiml", c(fit(object, scaled), errors(object)),
    "cfa(estimator = 'MLR', cluster = 'team', missing = 'fiml')", 1e-4)
constrained <- cfa(equal, complete, std.lv = TRUE, estimator = "MLR", meanstructure = TRUE)
object <- cfa(one, complete, std.lv = TRUE, estimator = "MLR", meanstructure = TRUE)
difference <- lavTestLRT(object, constrained, method = "satorra.bentler.2001")
plain <- lavTestLRT(cfa(one, complete, std.lv = TRUE), cfa(equal, complete, std.lv = TRUE))
add("synth_team", "tau_equivalence",
    list(chisq = plain[2, "Chisq diff"], df = plain[2, "Df diff"], p = plain[2, "Pr(>Chisq)"],
         scaled = difference[2, "Chisq diff"], scaled_p = difference[2, "Pr(>Chisq)"],
         cfi = unclass(fitMeasures(constrained, "cfi"))[[1]],
         rmsea = unclass(fitMeasures(constrained, "rmsea"))[[1]]),
    "lavTestLRT(free, equal); method = 'satorra.bentler.2001' of MLR", 1e-5)

omega_model <- paste("f =~ l1*q1+l2*q2+l3*q3+l4*q4+l5*q5+l6*q6",
  "q1~~e1*q1", "q2~~e2*q2", "q3~~e3*q3", "q4~~e4*q4", "q5~~e5*q5", "q6~~e6*q6",
  "omega := (l1+l2+l3+l4+l5+l6)^2/((l1+l2+l3+l4+l5+l6)^2+e1+e2+e3+e4+e5+e6)", sep = "\n")
omega <- function(...) {
  p <- parameterEstimates(cfa(omega_model, std.lv = TRUE, ...))
  p <- p[p$op == ":=", ]
  list(est = p$est, se = p$se, lower = p$ci.lower, upper = p$ci.upper)
}
add("synth_team", "omega_listwise", list(
  ml = omega(data = complete), mlr = omega(data = complete, estimator = "MLR"),
  cluster = omega(data = complete, estimator = "MLR", cluster = "team")),
  "cfa, omega := ...; ML, MLR, MLR with cluster; complete rows", 1e-5)
add("synth_team", "omega_fiml", list(
  ml = omega(data = team, missing = "fiml"),
  mlr = omega(data = team, missing = "fiml", estimator = "MLR"),
  cluster = omega(data = team, missing = "fiml", estimator = "MLR", cluster = "team")),
  "the same with missing = 'fiml'", 1e-4)

steps <- list(configural = NULL, metric = "loadings", scalar = c("loadings", "intercepts"))
groups <- function(dataset, statistic, data, call, tol, names, ...) {
  objects <- lapply(steps, function(s) cfa(one, data, group = "half", std.lv = TRUE,
    meanstructure = TRUE, group.equal = if (is.null(s)) "" else s, ...))
  value <- lapply(objects, fit, names)
  value$difference <- list()
  for (pair in list(c("configural", "metric"), c("metric", "scalar"))) {
    test <- lavTestLRT(objects[[pair[1]]], objects[[pair[2]]], method = "satorra.bentler.2001")
    value$difference[[pair[2]]] <- list(chisq = test[2, "Chisq diff"], df = test[2, "Df diff"],
                                        p = test[2, "Pr(>Chisq)"])
  }
  add(dataset, statistic, value, call, tol)
}
groups("synth_team", "invariance_groups", complete,
       "cfa(group = odd or even team, group.equal =), ML, complete rows", 1e-5, measures)
groups("synth_team", "invariance_groups_fiml", team, "the same, missing = 'fiml'", 1e-4,
       measures, missing = "fiml")
groups("synth_team", "invariance_groups_cluster", complete,
       "the same, estimator = 'MLR', cluster = 'team', complete rows", 1e-5, scaled,
       estimator = "MLR", cluster = "team")

# the same people over waves: q1 q2 q3 as first wave, q4 q5 q6 as second
same <- "q1 ~~ q4\nq2 ~~ q5\nq3 ~~ q6\n"
waves <- list(
  configural = paste(same, "f1 =~ q1 + q2 + q3", "f2 =~ q4 + q5 + q6", sep = "\n"),
  metric = paste(same, "f1 =~ a*q1 + b*q2 + c*q3", "f2 =~ a*q4 + b*q5 + c*q6",
    "f1 ~~ 1*f1", "f2 ~~ NA*f2", sep = "\n"),
  scalar = paste(same, "f1 =~ a*q1 + b*q2 + c*q3", "f2 =~ a*q4 + b*q5 + c*q6",
    "f1 ~~ 1*f1", "f2 ~~ NA*f2", "f1 ~ 0*1", "f2 ~ NA*1",
    "q1 ~ x*1", "q4 ~ x*1", "q2 ~ y*1", "q5 ~ y*1", "q3 ~ z*1", "q6 ~ z*1", sep = "\n"))
longitudinal <- function(statistic, data, call, tol, names, ...) {
  objects <- lapply(waves, function(m) cfa(m, data, std.lv = TRUE, meanstructure = TRUE, ...))
  value <- lapply(objects, fit, names)
  value$difference <- list()
  for (pair in list(c("configural", "metric"), c("metric", "scalar"))) {
    test <- lavTestLRT(objects[[pair[1]]], objects[[pair[2]]], method = "satorra.bentler.2001")
    value$difference[[pair[2]]] <- list(chisq = test[2, "Chisq diff"], df = test[2, "Df diff"],
                                        p = test[2, "Pr(>Chisq)"])
  }
  add("synth_team", statistic, value, call, tol)
}
longitudinal("invariance_waves", complete,
             "cfa of two correlated factors with correlated residuals of the same item, ML", 1e-5,
             measures)
longitudinal("invariance_waves_fiml", team, "the same, missing = 'fiml'", 1e-4, measures,
             missing = "fiml")
longitudinal("invariance_waves_cluster", complete,
             "the same, estimator = 'MLR', cluster = 'team', complete rows", 1e-5, scaled,
             estimator = "MLR", cluster = "team")
write_json(list(entries = entries), arguments[2], auto_unbox = TRUE, digits = 15, pretty = TRUE,
           na = "null", null = "null")
