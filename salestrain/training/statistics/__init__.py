"""Classical statistics of items and tests, honest on classes of 8 to 30.

What each means, and from how many answers on it is shown, stands with it. Common to all:

**Missing answers.** People answer different items, so nothing is filled in: a mean takes the
answers there are; a rest score is the mean of what somebody earned above or below an item's
facility, over the other items they answered, so that whoever met hard items is not taken for weak;
alpha pools the covariances of all pairs of items over those who answered both.

**Few answers.** Discrimination and alpha are withheld under ten people; the facility is shrunk
towards the author's guess, which counts as five answers, and always stands with its interval.

**Where Moodle differs.** Its quiz statistics (``quiz/report/statistics``) take one attempt a
person, by default the one that is graded, counting what was left out as 0; here the first
answer counts and what was left out is missing. Its facility index is the mean mark in percent,
ours the same as a share. Its discrimination index is the correlation of the mark with the mark of
the rest of the quiz in percent: our discrimination, where everybody answered everything. Its
discriminative efficiency divides the covariance by the greatest one that the same marks could have
in any order, which rewards items nearly all get right; we show the interval instead. Its
coefficient of internal consistency is 100 alpha, its error ratio 100 √(1 - alpha), its standard
error our standard error of measurement in percent of the grade; it shows none of them with an
interval. It prints percentages with two decimals and shows figures of any number of attempts; we
round to whole percent and two decimals of a correlation, and say when there are too few.
"""
