"""The benchmark's fits in scikit-learn, one thread, with the settings Assay's models have by default."""

import warnings

from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from sklearn.svm import SVC

from common import TASK, labelled, milliseconds, smooth, tell

warnings.simplefilter("ignore", ConvergenceWarning)
if TASK == "gaussian-process-fit":
    (x, y), (test_x, test_y) = smooth(0, 500), smooth(500, 1000)
    kernel = ConstantKernel(1.0) * Matern(nu=2.5) + WhiteKernel(0.1)
    model = GaussianProcessRegressor(kernel, n_restarts_optimizer=2, normalize_y=True, random_state=0)
else:
    x, y, test_x, test_y = labelled("digits", 1438)
    x, test_x = x.astype("float64"), test_x.astype("float64")
    model = RandomForestClassifier(100, random_state=0) if TASK == "random-forest-fit" else SVC()
start = milliseconds()
model.fit(x, y)
spent = milliseconds() - start
tell(spent, spent, model.score(test_x, test_y))
