"""Where the quoted sentences stand."""

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
GOLUB = "Golub and Van Loan, *Matrix Computations*, 4th ed. 2013, section 7.3"
BOOK_825 = "Deep Learning (2016), section 8.2.5, after equation 8.11"
BOOK_107 = "Deep Learning (2016), section 10.7, equations 10.38 and 10.39"
LESSWRONG = "LessWrong post on vanishing and exploding gradients, paragraphs on the eigendecomposition"
