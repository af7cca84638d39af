# Differences of units: Welch's t, corrections for many tests, effect sizes, clusters.
# Run: Rscript contrast.R FOLDER_OF_SYNTH_SETS OUTPUT.json
suppressPackageStartupMessages({library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
data <- read.csv(file.path(arguments[1], "synth_team.csv"))
entries <- list()
add <- function(statistic, value, call, tol, package = "stats") {
  entries[[length(entries) + 1]] <<- list(
    id = paste("contrast", "synth_team", statistic, sep = "/"), dataset = "synth_team",
    statistic = statistic, value = value, call = call, package = package,
    version = as.character(packageVersion(package)), tol = tol)
}
# the second question, in four units by number of the person, in clusters by team
data <- subset(data, !is.na(q2))
y <- data$q2; unit <- data$person %% 4; team <- data$team
pairs <- combn(0:3, 2)
tests <- apply(pairs, 2, function(p) {
  found <- t.test(y[unit == p[1]], y[unit == p[2]])
  c(difference = unname(-diff(found$estimate)), low = found$conf.int[1], high = found$conf.int[2],
    t = unname(found$statistic), freedom = unname(found$parameter), p = found$p.value)
})
add("pairs", as.list(as.data.frame(t(tests))), "t.test(y[one], y[other])", 1e-9)
add("pairs_fdr", p.adjust(tests["p", ], "BH"), "p.adjust(p, 'BH')", 1e-9)
add("pairs_holm", p.adjust(tests["p", ], "holm"), "p.adjust(p, 'holm')", 1e-9)
rest <- sapply(0:3, function(u) {
  found <- t.test(y[unit == u], y[unit != u])
  c(difference = unname(-diff(found$estimate)), low = found$conf.int[1], high = found$conf.int[2],
    t = unname(found$statistic), freedom = unname(found$parameter), p = found$p.value)
})
add("rest", as.list(as.data.frame(t(rest))), "t.test(y[one], y[others])", 1e-9)
# effect sizes of unit 0 and the others by their definitions
effects <- sapply(1:3, function(u) {
  a <- y[unit == 0]; b <- y[unit == u]; n <- length(a); m <- length(b)
  s <- sqrt(((n - 1) * var(a) + (m - 1) * var(b)) / (n + m - 2))
  d <- (mean(a) - mean(b)) / s; g <- d * (1 - 3 / (4 * (n + m) - 9))
  half <- qt(0.975, n + m - 2) * sqrt(1 / n + 1 / m + g^2 / (2 * (n + m)))
  higher <- outer(a, b, ">") + outer(a, b, "==") / 2
  p <- mean(higher)
  v <- var(rowMeans(higher)) / n; w <- var(colMeans(higher)) / m
  freedom <- (v + w)^2 / (v^2 / (n - 1) + w^2 / (m - 1))
  reach <- qt(0.975, freedom) * sqrt(v + w) / (p * (1 - p))
  c(d = d, g = g, g_low = g - half, g_high = g + half, chance = p,
    chance_low = plogis(qlogis(p) - reach), chance_high = plogis(qlogis(p) + reach))
})
add("effects", as.list(as.data.frame(t(effects))), "definitions, outer(a, b)", 1e-9)
# CR2 and Satterthwaite's degrees of freedom by whole matrices
robust <- function(design, contrast) {
  bread <- solve(crossprod(design)); hat <- design %*% bread %*% t(design)
  left <- y - hat %*% y; outside <- diag(length(y)) - hat
  parts <- sapply(unique(team), function(k) {
    own <- which(team == k); e <- eigen(outside[own, own, drop = FALSE], symmetric = TRUE)
    power <- ifelse(e$values > 1e-9, 1 / sqrt(pmax(e$values, 1e-9)), 0)
    a <- e$vectors %*% (power * t(e$vectors)) %*% design[own, , drop = FALSE] %*% bread %*% contrast
    c(sum(a * left[own]), outside[, own, drop = FALSE] %*% a)
  })
  gram <- crossprod(parts[-1, ])
  c(value = sum(contrast * (bread %*% t(design) %*% y)), error = sqrt(sum(parts[1, ]^2)),
    freedom = sum(diag(gram))^2 / sum(gram^2))
}
by_unit <- sapply(0:3, function(u) as.numeric(unit == u))
cluster <- apply(pairs, 2, function(p) {
  # a mean of each unit: people of further units change neither of these two
  contrast <- numeric(4); contrast[p + 1] <- c(1, -1)
  robust(by_unit, contrast)
})
add("pairs_cluster", as.list(as.data.frame(t(cluster))), "CR2 by matrices", 1e-9)
add("mean_cluster", as.list(robust(matrix(1, length(y)), 1)), "CR2 by matrices", 1e-9)
write_json(list(entries = entries), arguments[2], auto_unbox = TRUE, digits = NA, pretty = TRUE,
           na = "null", null = "null")
