"""Where the quoted sentences stand."""

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
IEEE = "IEEE 754-2019"
HIGHAM = "Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. 2002, chapter 2"
BOOK_825 = "Deep Learning (2016), section 8.2.5, after equation 8.11"
LESSWRONG = "LessWrong post on vanishing and exploding gradients, first paragraph"
OVERSHOOT = "LessWrong post on vanishing and exploding gradients, paragraph on the loss"
SIGMOID = "LessWrong post on vanishing and exploding gradients, paragraph on the sigmoid"
