"""B1 to B6, B9: products of random weights."""

from __future__ import annotations

from derive.entry import entry, lemma, provided, reading

CENTRED = "X ~ moments(mean=0, var=u); Y ~ moments(mean=0, var=v); u > 0; v > 0"
ANY = "X ~ moments(mean=a, var=u); Y ~ moments(mean=b, var=v); a, b in R; u > 0; v > 0"
INDEPENDENT = "; X, Y independent"
SHARED_BOUND = lemma(r"\ln\left(1 + \frac{2}{N}\right) \le \frac{2}{N}")

ENTRIES = (
    entry(
        "B1",
        "10.7, the weights that are not shared",
        "A chain of units that starts at 1 is the product of its weights after $n$ layers.",
        reading(
            "products",
            r"h_n = \prod_{i=1}^{n} w_i",
            "h_0 = 1; h_t = w_t h_{t-1}; w_i in R; n in N_0",
            "Each layer multiplies by a weight of its own.",
            induction=("n", 0),
        ),
    ),
    entry(
        "B2",
        "10.7, the variance of the product",
        "The variance of a product of $n$ independent weights with mean 0 and variance $v$ is of order $v^n$.",
        reading(
            "exactly",
            r"\operatorname{Var}\left(\prod_{i=1}^{n} w_i\right) = v^n",
            "w_i ~ iid(mean=0, var=v); v > 0; n in N",
            "For every law with that mean and variance.",
        ),
        correction="It is exactly $v^n$; the order is needlessly weak.",
    ),
    entry(
        "B3",
        "10.7; 8.2.5",
        "The variances of weights multiply.",
        reading(
            "two weights",
            r"\operatorname{Var}(X Y) = u v",
            CENTRED,
            "Weights with mean 0 and variances $u$ and $v$.",
            repair=provided("X, Y independent", "the weights are independent"),
        ),
        correction="That needs full independence: with a shared weight, $Y = X$, it fails already for signs, where $X^2$ is constant.",
        corrected=(
            reading(
                "a shared Gaussian weight",
                r"\operatorname{Var}(w^2) = 2 v^2",
                "w ~ N(0, v); v > 0",
                "Twice what independent weights have.",
            ),
        ),
    ),
    entry(
        "B4",
        "10.7",
        "The variances of independent weights multiply, whatever their mean.",
        reading(
            "two weights",
            r"\operatorname{Var}(X Y) = u v",
            ANY + INDEPENDENT,
            "Weights with means $a$ and $b$ and variances $u$ and $v$.",
            repair=provided("a = 0; b = 0", "the means are 0"),
        ),
        correction="What multiplies is the second moment, variance and squared mean together.",
        corrected=(
            reading(
                "in general",
                r"\operatorname{Var}(X Y) = (u + a^2) (v + b^2) - a^2 b^2",
                ANY + INDEPENDENT,
            ),
        ),
    ),
    entry(
        "B5",
        "10.7, the choice of the variance",
        "To give a product of $n$ weights the variance $v^*$, choose the $n$-th root of $v^*$ as the variance of each.",
        reading("the root", r"(r^{1/n})^n = r", "r > 0; n in N", "With $r$ for the variance wanted."),
        reading(
            "no other choice",
            r"(v^n)^{1/n} = v",
            "v > 0; n in N",
            "Whoever gives the variance wanted is the root.",
        ),
        correction="For large $n$ the root is close to 1, whatever is wanted, and an error of 1 % in it becomes a factor $1.01^n$.",
        corrected=(reading("close to 1", r"\lim_{n \to \infty} r^{1/n} = 1", "r > 0"),),
    ),
    entry(
        "B6",
        "10.7, the conclusion",
        "Careful scaling of the variance avoids vanishing in a chain of single units.",
        reading(
            "the typical product keeps its size",
            r"\operatorname{E}[\ln \lvert w \rvert] \ge 0",
            "w ~ N(0, 1)",
            "By the strong law $\\frac{1}{n} \\ln \\lvert w_1 \\cdots w_n \\rvert$ tends to this mean. Gaussian weights of variance 1 keep the variance of the product at 1.",
        ),
        correction="The variance of the product stays 1 and the product itself vanishes almost surely: its rate is $-(\\gamma + \\ln 2) / 2$ a layer. Signs and orthogonal "
        "matrices escape, and wide layers nearly do (B9).",
        corrected=(
            reading(
                "the rate",
                r"\operatorname{E}[\ln \lvert w \rvert] = -\frac{\gamma + \ln 2}{2}",
                "w ~ N(0, 1)",
                axiom="absolute_moments",
            ),
            reading(
                "while the variance stays",
                r"\operatorname{Var}\left(\prod_{i=1}^{n} w_i\right) = 1",
                "w_i ~ iid N(0, 1); n in N",
            ),
        ),
    ),
    entry(
        "B9",
        "8.2.5; 10.7, the last sentence on depth; LW; Sussillo",
        "Very deep feedforward networks can largely avoid vanishing and exploding.",
        reading(
            "the spread stays bounded",
            r"D \ln\left(1 + \frac{2}{N}\right) \le 1",
            "N in N; D in N",
            "The logarithm of $\\left(1 + \\frac{2}{N}\\right)^D$, the mean of the fourth power of the relative length after $D$ layers of width $N$ with independent Gaussian "
            "weights of variance $1/N$; the mean of its square is 1.",
            repair=provided(
                r"2 D \le N",
                "the layers are wide compared with the depth ($2 D \\le N$)",
                using=(
                    SHARED_BOUND,
                    r"D \ln\left(1 + \frac{2}{N}\right) \le D \frac{2}{N}",
                    r"D \frac{2}{N} \le 1",
                ),
            ),
        ),
        correction="Width is what helps: the logarithm of the length drifts by about $-D / (2 N)$ with variance about $D / (2 N)$. A chain of single units of depth 50 "
        "still vanishes.",
        corrected=(
            reading(
                "fixed depth, growing width",
                r"\lim_{N \to \infty} \left(1 + \frac{2}{N}\right)^{D} = 1",
                "D in N; N in N",
            ),
        ),
    ),
)
