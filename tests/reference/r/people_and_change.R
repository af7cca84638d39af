# Differences of two waves, distances of people, runs of answers, and the shape of a distribution.
# Run: Rscript people_and_change.R FOLDER_OF_SYNTH_SETS OUTPUT.json
suppressPackageStartupMessages({library(jsonlite); library(psych)})
arguments <- commandArgs(trailingOnly = TRUE)
wave <- read.csv(file.path(arguments[1], "synth_prepost.csv"))
answers <- read.csv(file.path(arguments[1], "synth_careless.csv"))[, sprintf("v%02d", 1:40)]
ratings <- read.csv(file.path(arguments[1], "synth_roundrobin.csv"))
entries <- list()
add <- function(dataset, statistic, value, call, tol, package = "base") {
  entries[[length(entries) + 1]] <<- list(
    id = paste("people_and_change", dataset, statistic, sep = "/"), dataset = dataset,
    statistic = statistic, value = value, call = call, package = package,
    version = as.character(packageVersion(package)), tol = tol)
}
limits <- function(found) list(value = unname(diff(rev(found$estimate))),
                               low = found$conf.int[1], high = found$conf.int[2])
paired <- t.test(wave$post, wave$pre, paired = TRUE, conf.level = 0.9)
add("synth_prepost", "paired_t",
    list(value = unname(paired$estimate), low = paired$conf.int[1], high = paired$conf.int[2]),
    "t.test(post, pre, paired = TRUE, conf.level = .9)", 1e-10)
add("synth_prepost", "welch_t", limits(t.test(wave$post, wave$pre, conf.level = 0.9)),
    "t.test(post, pre, conf.level = .9)", 1e-10)
# people 1 to 70 answered first, 31 to 120 second
first <- wave$pre[1:70]; second <- wave$post[31:120]
s1 <- mean(wave$pre[31:70]); s2 <- mean(wave$post[31:70])
left <- t.test(wave$pre[1:30], wave$pre[31:70])
came <- t.test(wave$post[71:120], wave$post[31:70])
add("synth_prepost", "composition",
    list(total = mean(second) - mean(first), within = s2 - s1,
         came = (mean(wave$post[71:120]) - s2) * 50 / 90,
         left = -(mean(wave$pre[1:30]) - s1) * 30 / 70,
         came_low = came$conf.int[1] * 50 / 90, left_low = -left$conf.int[2] * 30 / 70),
    "means, t.test", 1e-10)
whole <- answers[complete.cases(answers), ]
d <- mahalanobis(whole, colMeans(whole), cov(whole))
add("synth_careless_complete", "mahalanobis",
    list(d2 = d, tail = pchisq(d, ncol(whole), lower.tail = FALSE)),
    "mahalanobis(x, colMeans(x), cov(x)); pchisq", 1e-7)
add("synth_careless", "longest_run_skipped",
    apply(answers, 1, function(x) max(rle(x[!is.na(x)])$lengths)),
    "max(rle(x[!is.na(x)])$lengths)", 0)
halves <- sapply(1:200, function(row) {
  x <- as.numeric(answers[row, ])
  even <- sapply(0:7, function(s) mean(x[5 * s + c(2, 4)], na.rm = TRUE))
  odd <- sapply(0:7, function(s) mean(x[5 * s + c(1, 3, 5)], na.rm = TRUE))
  suppressWarnings(cor(even, odd, use = "pairwise.complete.obs"))
})
add("synth_careless", "even_odd_uncorrected", halves, "cor of means of halves", 1e-10)
g <- skew(wave$pre, type = 2); k <- kurtosi(wave$pre, type = 2); n <- nrow(wave)
add("synth_prepost", "sarle", (g^2 + 1) / (k + 3 * (n - 1)^2 / ((n - 2) * (n - 3))),
    "skew, kurtosi, type = 2", 1e-10, "psych")
# ratings without the pair: actors and partners alone explain what a linear model says they do
five <- subset(ratings, group == 5)
model <- lm(y1 ~ factor(perceiver) + factor(target), five,
            contrasts = list("factor(perceiver)" = "contr.sum", "factor(target)" = "contr.sum"))
b <- unname(coef(model)); m <- length(unique(five$perceiver))
add("synth_roundrobin_5", "effects",
    list(actor = c(b[2:m], -sum(b[2:m])),
         partner = c(b[(m + 1):(2 * m - 1)], -sum(b[(m + 1):(2 * m - 1)]))),
    "lm(y ~ rater + target), sum contrasts", 1e-8)
write_json(list(entries = entries), arguments[2], auto_unbox = TRUE, digits = NA, pretty = TRUE,
           na = "null", null = "null")
