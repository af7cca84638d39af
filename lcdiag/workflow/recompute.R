# Recomputes the statistics of lcdiag with R and prints the differences.
#
#   Rscript recompute.R            in the folder of the export
#
# Reads answers-long.csv, scores-long.csv and lcdiag-values.csv, which hold answers of single
# people: keep all of it to yourself. Names stand in labels.csv and are not needed here.
# Packages that are not installed are skipped, and said so.

texts <- list(
@TEXTS@
)

arguments <- commandArgs(trailingOnly = FALSE)
script <- sub("^--file=", "", grep("^--file=", arguments, value = TRUE))
folder <- if (length(script)) dirname(gsub("~+~", " ", script[1], fixed = TRUE)) else "."
from <- function(name) {
  found <- list.files(folder, pattern = paste0(name, "[.]csv$"), full.names = TRUE)
  read.csv(found[1], encoding = "UTF-8", stringsAsFactors = FALSE, na.strings = "")
}
answers <- from("answers-long")
scores <- from("scores-long")
ours <- from("lcdiag-values")

here <- function(package) suppressWarnings(suppressMessages(
  requireNamespace(package, quietly = TRUE)))
packages <- c("psych", "lavaan", "multilevel", "lme4")
installed <- vapply(packages, here, logical(1))

# the answers of a scale in a wave: a row a person, a column an item, in the order of the scale
items_of <- function(scale, wave) {
  part <- answers[answers$scale == scale & answers$wave == wave, ]
  rows <- unique(part$row)
  codes <- unique(part$item)
  x <- matrix(NA_real_, length(rows), length(codes), dimnames = list(NULL, codes))
  x[cbind(match(part$row, rows), match(part$item, codes))] <- part$value
  list(x = x, group = part$community[match(rows, part$row)])
}
scores_of <- function(scale, wave) {
  part <- scores[scores$scale == scale & !is.na(scores$score), ]
  if (wave > 0) part[part$wave == wave, ] else part
}

alpha <- function(one) {
  x <- as.data.frame(items_of(one$scale, one$wave)$x)
  psych::alpha(x, warnings = FALSE, check.keys = FALSE)$total$raw_alpha
}
omega <- function(one) {
  x <- as.data.frame(items_of(one$scale, one$wave)$x)
  k <- ncol(x)
  names(x) <- paste0("q", seq_len(k))
  model <- paste(c(
    paste("f =~", paste0("l", seq_len(k), "*q", seq_len(k), collapse = " + ")),
    paste0("q", seq_len(k), " ~~ e", seq_len(k), "*q", seq_len(k)),
    paste0("omega := (", paste0("l", seq_len(k), collapse = " + "), ")^2 / ((",
      paste0("l", seq_len(k), collapse = " + "), ")^2 + ",
      paste0("e", seq_len(k), collapse = " + "), ")")), collapse = "\n")
  fit <- lavaan::cfa(model, data = x, std.lv = TRUE, missing = "listwise")
  if (!lavaan::lavInspect(fit, "converged")) stop(texts$converged)
  found <- lavaan::parameterEstimates(fit)
  found$est[found$lhs == "omega"]
}
# what is shown: every item over the answers it has
agreement_available <- function(one) {
  all <- items_of(one$scale, one$wave)
  x <- all$x[all$group == one$community, , drop = FALSE]
  v <- apply(x, 2, var, na.rm = TRUE)
  m <- min(1, mean(v, na.rm = TRUE) / ((one$options^2 - 1) / 12))
  ncol(x) * (1 - m) / (ncol(x) * (1 - m) + m)
}
# of people who answered every item, as the package does
agreement_listwise <- local({
  made <- list()
  function(one) {
    key <- paste(one$scale, one$wave)
    if (is.null(made[[key]])) {
      all <- items_of(one$scale, one$wave)
      made[[key]] <<- multilevel::rwg.j(as.data.frame(all$x), all$group,
        ranvar = (one$options^2 - 1) / 12)
    }
    made[[key]]$rwg.j[as.character(made[[key]]$grpid) == as.character(one$community)]
  }
})
one_way <- function(one) {
  part <- scores_of(one$scale, one$wave)
  aov(score ~ factor(community), data = part)
}
icc_mean <- function(one) multilevel::ICC1(one_way(one))
icc_k <- function(one) multilevel::ICC2(one_way(one))
icc_k0 <- function(one) {
  part <- scores_of(one$scale, one$wave)
  squares <- summary(one_way(one))[[1]][["Mean Sq"]]
  n <- table(part$community)
  k0 <- (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1)
  (squares[1] - squares[2]) / (squares[1] + (k0 - 1) * squares[2])
}
# one model a scale: the factors that lcdiag could tell apart, from the column "method"
shares <- local({
  made <- list()
  function(one) {
    if (is.null(made[[one$scale]])) {
      part <- scores_of(one$scale, 0)
      terms <- strsplit(one$factors, " ", fixed = TRUE)[[1]]
      model <- paste("score ~ 1 +", paste0("(1 | ", terms, ")", collapse = " + "))
      fit <- suppressMessages(lme4::lmer(as.formula(model), data = part, REML = TRUE,
        control = lme4::lmerControl(optimizer = "bobyqa", calc.derivs = FALSE,
          check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore",
          optCtrl = list(rhobeg = 0.2, rhoend = 1e-9, maxfun = 1e6))))
      found <- as.data.frame(lme4::VarCorr(fit))
      parts <- found$vcov
      names(parts) <- ifelse(found$grp == "Residual", "residual", found$grp)
      made[[one$scale]] <<- parts / sum(parts)
    }
    name <- sub("^variance_share[.]", "", one$statistic)
    made[[one$scale]][[sub("[+].*$", "", name)]]
  }
})

known <- list(
  cronbach_alpha = list("psych", alpha, 1e-6),
  mcdonald_omega = list("lavaan", omega, 1e-6),
  rwg_j = list("", agreement_available, 1e-6),
  rwg_j.listwise = list("multilevel", agreement_listwise, 1e-6),
  icc_1 = list("", icc_k0, 1e-6),
  icc_1.mean_size = list("multilevel", icc_mean, 1e-6),
  icc_k = list("multilevel", icc_k, 1e-6),
  variance_share = list("lme4", shares, 1e-4)
)

ours$r <- NA_real_
ours$limit <- NA_real_
ours$remark <- ""
for (place in seq_len(nrow(ours))) {
  one <- as.list(ours[place, ])
  way <- known[[sub("^variance_share[.].*$", "variance_share", one$statistic)]]
  ours$limit[place] <- way[[3]]
  if (nzchar(way[[1]]) && !installed[[way[[1]]]]) {
    ours$remark[place] <- sprintf(texts$package, way[[1]])
    next
  }
  if (is.na(one$value)) {
    ours$remark[place] <- sprintf(texts$absent, one$absent)
    next
  }
  got <- tryCatch(suppressWarnings(as.numeric(way[[2]](one))[1]), error = function(e) {
    ours$remark[place] <<- sprintf(texts$failed, gsub("[[:space:]]+", " ", conditionMessage(e)))
    NA_real_
  })
  ours$r[place] <- got
  if (is.na(got) && !nzchar(ours$remark[place])) ours$remark[place] <- texts$nothing
}
ours$difference <- abs(ours$value - ours$r)
ours$within <- ours$difference <= ours$limit

shown <- ours[, c("scale", "wave", "community", "statistic", "value", "r", "difference", "remark")]
names(shown)[names(shown) == "value"] <- "lcdiag"
names(shown)[names(shown) == "r"] <- "R"
options(width = 200, scipen = -3, max.print = 1e6)
print(format(shown, digits = 8), row.names = FALSE, right = FALSE)
write.csv(shown, file.path(folder, "INTERN-NIET-DELEN-differences.csv"), row.names = FALSE)

cat("\n", texts$largest, "\n", sep = "")
kind <- sub("^variance_share[.].*$", "variance_share", ours$statistic)
for (name in unique(kind)) {
  held <- kind == name & !is.na(ours$difference)
  largest <- if (any(held)) format(max(ours$difference[held]), digits = 2) else "-"
  cat(sprintf("  %-16s n = %4d   %s\n", name, sum(held), largest))
}
for (package in packages[!installed]) cat(sprintf(texts$package, package), "\n", sep = "")
cat(sprintf(texts$summary, sum(!is.na(ours$difference)), sum(ours$within, na.rm = TRUE),
  sum(!ours$within, na.rm = TRUE), sum(is.na(ours$difference))), "\n", sep = "")
if (any(!ours$within, na.rm = TRUE)) quit(status = 1)
