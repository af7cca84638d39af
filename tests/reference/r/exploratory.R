# Several factors, Schmid-Leiman loadings and omegas of ten data sets, with psych.
# Run from the folder of this file: Rscript exploratory.R
# The data are made by a formula, so that any program can make them again.
suppressMessages(library(psych))
suppressMessages(library(jsonlite))

noise <- function(a) qnorm(pmin(pmax((sin(a * 12.9898) * 43758.5453) %% 1, 1e-9), 1 - 1e-9))
# set s: 120 + 20 s people, 6 + s mod 4 items in three groups that share one factor
people <- function(s) {
  n <- 120 + 20 * s
  k <- 6 + s %% 4
  at <- 1:n
  sapply(1:k, function(item) {
    group <- item %% 3
    y <- (0.5 + 0.05 * s) * noise(1000 * s + at) + 0.7 * noise(20000 + 1000 * (3 * s + group) + at) +
      (0.6 + 0.05 * item) * noise(90000 + 1000 * (10 * s + item) + at)
    if (item == 2 && s %% 2 == 0) -y else y
  })
}
entries <- list()
add <- function(id, s, statistic, value, call, tol) {
  entries[[length(entries) + 1]] <<- list(id = id, dataset = paste("made by the script, set", s),
    statistic = statistic, value = value, call = call, package = "psych",
    version = as.character(packageVersion("psych")), tol = tol)
}
# psych ends its search where a step gains less than 2e-9; with an own variance at its floor the
# minimum is so flat that this leaves the third digit open
closeness <- function(own) if (min(own) < 0.006) 2e-3 else 2e-4
for (s in 1:10) {
  x <- people(s)
  where <- paste0("explored/set_", s, "/")
  add(paste0(where, "first_row"), s, "the first row", as.vector(x[1, ]), "the data themselves", 1e-6)
  for (m in 2:3) for (fm in c("minres", "ml")) {
    o <- suppressWarnings(omega(x, nfactors = m, fm = fm, plot = FALSE))
    add(paste0(where, "omega_nf", m, "_", fm), s, "omegas, share of the general factor, its loadings, communalities",
      list(omega_h = o$omega_h, omega_lim = o$omega.lim, omega_total = o$omega.tot, ECV = as.numeric(o$ECV)[1],
        g = as.vector(o$schmid$sl[, "g"]), h2 = as.vector(o$schmid$sl[, "h2"])),
      paste0("psych::omega(x, nfactors = ", m, ", fm = '", fm, "')"), closeness(o$schmid$sl[, "u2"]))
  }
  # omega offers no fm = "uls"; its two layers do
  f <- suppressWarnings(fa(x, 3, fm = "uls", rotate = "oblimin"))
  behind <- suppressWarnings(fa(f$Phi, 1, fm = "uls"))$loadings[, 1]
  add(paste0(where, "layers_uls"), s, "communalities and loadings on the factor behind three factors",
    list(h2 = as.vector(f$communality), g = as.vector(unclass(f$loadings) %*% behind)),
    "f <- psych::fa(x, 3, fm = 'uls', rotate = 'oblimin'); psych::fa(f$Phi, 1, fm = 'uls')", closeness(f$uniquenesses))
}
write(toJSON(list(entries = entries), auto_unbox = TRUE, digits = 15, pretty = TRUE, na = "null"), "exploratory.json")
