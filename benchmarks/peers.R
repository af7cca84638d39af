# Times one fit of an R package: Rscript peers.R TASK DATA ROWS COLUMNS
# DATA holds 8-byte floats, column after column; the last line printed is the CPU seconds of the
# fit alone.
arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
rows <- as.integer(arguments[3])
columns <- as.integer(arguments[4])
data <- matrix(readBin(arguments[2], "double", rows * columns), rows, columns)
options(warn = -1)

fit <- switch(task,
  "psych::alpha" = {
    library(psych)
    items <- as.data.frame(data)
    function() alpha(items, check.keys = FALSE)
  },
  "multilevel::rwg.j" = {
    library(multilevel)
    function() rwg.j(data[, -1], data[, 1], ranvar = 4)
  },
  "lme4::lmer" = {
    library(lme4)
    frame <- data.frame(y = data[, 1], person = factor(data[, 2]), rater = factor(data[, 3]))
    function() lmer(y ~ 1 + (1 | person) + (1 | rater), frame)
  },
  "psych::polychoric" = {
    library(psych)
    options(mc.cores = 1)
    items <- as.data.frame(data)
    function() polychoric(items)
  }
)
used <- system.time(fit())
cat("\n", used[["user.self"]] + used[["sys.self"]], "\n", sep = "")
