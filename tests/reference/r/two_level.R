# Covariances, one common factor, alpha and omega within and between groups, with lavaan.
# Run from the folder of this file: Rscript two_level.R
# The data are made by a formula, so that any program can make them again.
suppressMessages(library(lavaan))
suppressMessages(library(jsonlite))

noise <- function(a) qnorm(pmin(pmax((sin(a * 12.9898) * 43758.5453) %% 1, 1e-9), 1 - 1e-9))
rows <- list()
at <- 0
for (group in 1:60) {
  for (person in 1:(3 + group %% 6)) {
    at <- at + 1
    y <- sapply(1:5, function(item) {
      3 + (0.5 + 0.1 * item) * noise(group) + 0.4 * noise(1000 + 5 * group + item) +
        (0.9 - 0.1 * item) * noise(5000 + at) + 0.7 * noise(9000 + 5 * at + item)
    })
    rows[[at]] <- c(group, y)
  }
}
data <- as.data.frame(do.call(rbind, rows))
items <- paste0("y", 1:5)
names(data) <- c("group", items)

factor <- paste("=~", paste(items, collapse = " + "))
one <- cfa(paste("level: 1\n fw", factor, "\nlevel: 2\n fb", factor), data = data, cluster = "group",
  std.lv = TRUE)
stopifnot(lavInspect(one, "converged"))
# the saturated model, from where the EM steps beside every two-level model end
begin <- lavInspect(one, "h1")
covariances <- function(s) paste(unlist(lapply(1:5, function(i) paste(items[i], "~~",
  paste0("start(", s[i, i:5], ") * ", items[i:5], collapse = " + ")))), collapse = "\n")
saturated <- lavaan(paste("level: 1\n", covariances(begin[[1]]$cov), "\nlevel: 2\n",
  covariances(begin[[2]]$cov), "\n", paste(items, "~ 1", collapse = "\n")), data = data, cluster = "group")
stopifnot(lavInspect(saturated, "converged"))
implied <- lavInspect(saturated, "implied")
alpha <- function(s) nrow(s) / (nrow(s) - 1) * (1 - sum(diag(s)) / sum(s))
omega <- function(level) {
  p <- parameterEstimates(one)
  p <- p[p$level == level, ]
  common <- sum(p$est[p$op == "=~"])^2
  common / (common + sum(p$est[p$op == "~~" & p$lhs %in% items]))
}
entry <- function(statistic, value, call, tol) list(
  id = unbox(paste0("two-level/formula/", statistic)), dataset = unbox("made by the script: 60 groups of 3 to 8, 5 items"),
  statistic = unbox(statistic), value = value, call = unbox(call), package = unbox("lavaan"),
  version = unbox(as.character(packageVersion("lavaan"))), tol = unbox(tol))
matrix_of <- function(s) list(rows = items, cols = items, values = unclass(s)[items, items])
content <- list(entries = list(
  entry("first_row", as.numeric(data[1, items]), "the data themselves", 1e-6),
  entry("within", matrix_of(implied[[1]]$cov), "saturated: implied covariance of level 1", 1e-4),
  entry("between", matrix_of(implied[[2]]$cov), "saturated: implied covariance of level 2; the optimiser stops early here", 5e-4),
  entry("alpha", list(within = unbox(alpha(implied[[1]]$cov)), between = unbox(alpha(implied[[2]]$cov))),
    "k/(k-1) (1 - tr/sum) of both", 1e-5),
  entry("omega", list(within = unbox(omega(1)), between = unbox(omega(2))), "cfa, one factor a level", 1e-5),
  entry("loglik", list(saturated = unbox(as.numeric(logLik(saturated))), factor = unbox(as.numeric(logLik(one)))),
    "logLik", 1e-6)
))
writeLines(toJSON(content, digits = NA, pretty = TRUE), "two_level.json")
