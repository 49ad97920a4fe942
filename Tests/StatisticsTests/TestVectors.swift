// Written by References/test_vectors.py with SciPy 1.17.1 and statsmodels 0.15.0.

/// Samples and what tests say of them: statistic, then one-sided p-values above and below, then two-sided.
enum TestVectors {
  static let x: [Double] = [
    0.8017, 0.868, 0.8612, 0.7745, 0.7851, 0.7736, 0.8285, 0.7972, 0.8373, 0.7076, 0.8783, 0.7952,
  ]
  static let y: [Double] = [0.8212, 0.7477, 0.7259, 0.8017, 0.8342, 0.7418, 0.7462, 0.8217, 0.6817]
  static let z: [Double] = [
    0.7443, 0.8397, 0.7865, 0.724, 0.7793, 0.7966, 0.7603, 0.7454, 0.8218, 0.8649, 0.8083, 0.7828,
  ]
  static let tied: [Double] = [5.0, 5.0, -1.0, 0.0, -1.0, -2.0, 4.0, 3.0, -3.0, -2.0]
  static let rankedA: [Double] = [3.0, 5.0, 5.0, 1.0, 3.0, 0.0]
  static let rankedB: [Double] = [3.0, 3.0, 4.0, 4.0, 6.0, 4.0, 4.0]
  static let oneSample: [Double] = [
    2.07273855612819, 0.03123843042508877, 0.9687615695749112, 0.06247686085017754,
  ]
  static let oneSampleInterval: [Double] = [0.778204651065453, 0.83982868226788]
  static let pooled: [Double] = [
    1.8021793120394938, 0.04370278366547379, 0.9562972163345262, 0.08740556733094758,
  ]
  static let welch: [Double] = [
    1.7810451644270187, 0.04661276222689551, 0.9533872377731045, 0.09322552445379102,
  ]
  static let welchDegrees: [Double] = [16.586227415573543]
  static let paired: [Double] = [
    1.1506729181163393, 0.1371332659868916, 0.8628667340131084, 0.2742665319737832,
  ]
  /// Nadeau–Bengio t with test share 1/9, and its two-sided p.
  static let corrected: [Double] = [0.753292249629121, 0.4670913926259397]
  /// F, p, η², ω² of x, y and the first seven of z.
  static let anova: [Double] = [
    2.114309333523953, 0.14179028246589717, 0.1446739141256514, 0.07372545505948996,
  ]
  /// 2 × 3 × 4.
  static let cells: [Double] = [
    0.749, 0.48, 1.038, 1.158, 1.078, 1.716, 1.547, 1.488, 1.721, 1.887, 1.2, 1.784, 1.181, 0.47, 1.104,
    0.925, 1.534, 1.168, 1.295, 1.403, 1.337, 1.78, 1.569, 1.748,
  ]
  /// Sum of squares, F and p of rows, columns and interaction.
  static let twoWay: [Double] = [
    0.004592666666666665, 0.06458202885598294, 0.8022755238364164, 2.30395108333333, 16.199067572935803,
    9.45632402014633e-05, 0.029661083333333213, 0.2085469160690638, 0.8136968580263777,
  ]
  /// The same of the first replicates, without interaction.
  static let twoWaySingle: [Double] = [
    0.04233599999999992, 0.37027707808564153, 0.6047573015876875, 0.32273733333333315, 1.411354837204962,
    0.4147046235464521,
  ]
  /// Enumerated: statistic, above, below.
  static let wilcoxonTied: [Double] = [29.5, 0.228515625, 0.806640625]
  static let wilcoxon: [Double] = [0.03857421875, 0.968017578125, 0.0771484375]
  static let long: [Double] = [
    -0.2, 1.4, 0.9, 0.1, 0.9, 1.6, 2.1, -1.3, 1.2, 0.8, 0.2, -0.7, 1.6, -1.0, 0.9, 1.6, -1.3, -0.0, -1.0, 0.5,
    1.8, 2.3, -1.5, -0.3, 1.0, 1.9, 0.7, -0.4, 0.6, 0.3, 0.1, -0.4, 0.7, 0.6, 0.2, 0.1, -1.0, -0.2, 1.5, 0.1,
    -1.1, 1.6, 0.8, 2.4, 0.4, -0.2, -1.1, 1.6, 2.9, -0.5, -0.3, 0.9, -0.5, 0.0, -0.0, 0.5, 1.4, 0.3, 1.2,
    -0.1, 0.6, -1.8, -1.1, 1.1, -0.3, 0.9, 0.8, 1.6, 1.1, 1.3,
  ]
  static let wilcoxonLong: [Double] = [0.0006731357518265302, 0.9993413374691867, 0.0013462715036530605]
  /// y moved off the values of x, for SciPy's exact distribution ignores ties.
  static let apart: [Double] = [
    0.82123, 0.74773, 0.72593, 0.8017299999999999, 0.83423, 0.74183, 0.74623, 0.82173, 0.68173,
  ]
  static let mannWhitney: [Double] = [75.0, 0.07396999285544179, 0.9357329976525023, 0.14793998571088357]
  /// Enumerated: statistic, above, below.
  static let mannWhitneyTied: [Double] = [14.0, 0.8560606060606061, 0.15093240093240093]
  static let mannWhitneyLong: [Double] = [379.5, 0.3364386941656057, 0.668857644193434, 0.6728773883312114]
  /// Of tied, rankedA, rankedB.
  static let kruskal: [Double] = [4.182397139474763, 0.12353897696665475]
  /// 9 data sets × 4 methods.
  static let scores: [Double] = [
    -0.1, -0.4, -0.1, 0.9, -1.1, -0.2, 0.5, 1.7, -0.3, -1.6, 0.5, 1.6, 1.1, 0.9, -0.0, 0.7, 2.0, 1.1, 2.4,
    3.5, -0.8, 0.7, 1.1, 2.0, 0.5, 0.5, 0.8, -0.1, -0.2, -0.4, 0.7, 0.9, 0.6, 1.1, 0.9, 1.7,
  ]
  static let friedman: [Double] = [
    9.034090909090919, 0.028841046335834855, 4.02277039848198, 0.018823003451185264,
  ]
  static let meanRanks: [Double] = [2.0, 1.8333333333333333, 2.7222222222222223, 3.4444444444444446]
  /// Critical difference, then p of the first method against the others (SciPy is exact to about 1e-9 here).
  static let nemenyi: [Double] = [
    1.563462947523544, 0.9928266924679885, 0.6352537269807647, 0.08222093339321024,
  ]
  static let holmRanks: [Double] = [0.784191229401619, 0.4706665330191717, 0.05286627288697329]
  /// J of [1, 4], [3, 6, 2], [5, 8, 7] and its shares, enumerated.
  static let trend: [Double] = [18.0, 0.030357142857142857, 0.9857142857142858]
  /// The same of [1, 3], [3, 3, 2], [3, 8, 5].
  static let trendTied: [Double] = [17.5, 0.02857142857142857, 0.9928571428571429]
  static let binomial7of20: [Double] = [0.9423408508300781, 0.13158798217773438, 0.26317596435546875]
  static let binomial15of20: [Double] = [0.020694732666015625, 0.9940910339355469, 0.04138946533203125]
  static let binomial3of40: [Double] = [0.9920578627251851, 0.028462094459744576, 0.04786946338839313]
  static let binomial10of10: [Double] = [0.0009765625, 1.0, 0.001953125]
  static let binomial0of5: [Double] = [1.0, 0.16807000000000002, 0.33115000000000006]
  static let binomial620of1000: [Double] = [0.10382449783572581, 0.9074128219572463, 0.20810364494672146]
  /// Wilson, Clopper–Pearson.
  static let intervals0of10: [Double] = [0.0, 0.27753279986288926, 0.0, 0.30849710781876083]
  /// Wilson, Clopper–Pearson.
  static let intervals7of20: [Double] = [
    0.18119182410108203, 0.5671457233147638, 0.15390920478454118, 0.5921885345328282,
  ]
  /// Wilson, Clopper–Pearson.
  static let intervals40of40: [Double] = [0.9123783988027134, 1.0, 0.9119026971211976, 1.0]
  /// Wilson, Clopper–Pearson.
  static let intervals940of1000: [Double] = [
    0.9235289252086434, 0.953103527324068, 0.9234395095960652, 0.9539049645775157,
  ]
  /// 56 of 70 less 48 of 80.
  static let newcombe: [Double] = [0.05243147240236498, 0.33387265403690614]
  static let twoProportions: [Double] = [2.6501719512585336, 0.00804508136819656]
  static let family: [Double] = [0.001, 0.2, 0.03, 0.012, 0.03, 0.9, 0.049]
  static let hochberg: [Double] = [0.007, 0.4, 0.12, 0.07200000000000001, 0.12, 0.9, 0.14700000000000002]
  static let benjaminiHochberg: [Double] = [0.007, 0.23333333333333336, 0.0525, 0.042, 0.0525, 0.9, 0.0686]
  static let pearsonTest: [Double] = [
    0.00011281460937234771, 0.49986118515097955, 0.5001388148490205, 0.9997223703019591,
  ]
  static let spearmanTest: [Double] = [
    0.18881118881118883, 0.2783685280884157, 0.7216314719115843, 0.5567370561768314,
  ]
  static let pearsonInterval: [Double] = [-0.5738259544688085, 0.5739772697569205]
  static let kendallTest: [Double] = [
    0.1515151515151515, 0.2726023503888087, 0.7704880213343756, 0.5452047007776174,
  ]
  /// Of tied and the first ten of the first two columns of scores.
  static let kendallTied: [Double] = [
    -0.023262105259961773, 0.5362076409539757, 0.4637923590460243, 0.9275847180920486,
  ]
  static let line: [Double] = [
    9.644742326907218e-05, 0.7877469724271181, 0.27034932066034256, 0.21907700414658812,
    1.2727136087833949e-08, 0.999722370301959,
  ]
  static let sizes: [Double] = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0]
  static let losses: [Double] = [0.8922, 0.7025, 0.5436, 0.4648, 0.4155, 0.3689, 0.3493, 0.3268]
  /// Parameters, their errors, RSS.
  static let saturating: [Double] = [
    0.2987390707088439, 2.0969485368472083, 0.5488008827047075, 0.0033108433011063794, 0.04015627119519935,
    0.009190823555334652, 3.943499394374608e-05,
  ]
  /// Parameters, their errors, RSS.
  static let powerLaw: [Double] = [
    1.3652854053398837, 0.21338010097589172, 0.11449839772837503, 0.020565910856559934, 0.013376281409576623,
  ]
  static let steps: [Double] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]
  static let bent: [Double] = [
    1.633, 1.886, 2.39, 2.97, 3.415, 4.044, 3.934, 3.56, 3.293, 3.317, 2.827, 2.345,
  ]
  /// Breakpoint, intercept, slope, change, its error, RSS.
  static let segmented: [Double] = [
    6.347572721363734, 1.0008000001197241, 0.49205714280878377, -0.7812000000051772, 0.04538571503514831,
    0.14419041904761815,
  ]
  /// Of [1, 3, 2, 2.5, 4, 3.5, 3.4, 6] at [1, 2, 3, 3, 5, 6, 7, 8].
  static let isotonic: [Double] = [
    1.0, 2.5, 2.5, 2.5, 3.6333333333333333, 3.6333333333333333, 3.6333333333333333, 6.0,
  ]
  /// Times, shares, errors of the first group.
  static let survival: [Double] = [
    3.0, 5.0, 8.0, 12.0, 15.0, 0.875, 0.75, 0.6000000000000001, 0.40000000000000013, 0.20000000000000007,
    0.11692679333668568, 0.15309310892394862, 0.18165902124584954, 0.20330600909302546, 0.17416467303484182,
  ]
  /// χ², p.
  static let logRank: [Double] = [0.8054321181562082, 0.36947420191090263]
  static let logRankThree: [Double] = [0.7288691422152744, 0.6945892807130323]
  /// Pairs 0.5 × 20, pairs 0.8 × 5 one-sided, two samples 1.2 × 10, two samples 0.3 × 100 at 1 %.
  static let power: [Double] = [
    0.5645044184390203, 0.43635918640100857, 0.718405376541669, 0.31837231020520723,
  ]
  /// Pairs 0.5 at power 0.8; two samples 0.5 at power 0.9.
  static let samples: [Double] = [34.0, 86.0]
  /// Exact permutation of the first five of x and six of y.
  static let labels: [Double] = [0.09740259740259741, 0.9069264069264069]
  /// 8 levels × 3 comparisons.
  static let comparisons: [Double] = [
    0.05740000000000001, 5.0, 0.0117, 0.028299999999999992, 5.0, 0.078, 0.07469999999999999, -1.0, 0.0712,
    0.05049999999999999, 0.0, -0.0155, 0.005800000000000027, -1.0, -0.0049, -0.02300000000000002, -2.0,
    -0.0164, 0.06820000000000004, 4.0, 0.0385, 0.05180000000000007, 3.0, 0.0072,
  ]
  /// Enumerated.
  static let maximum: [Double] = [0.0390625, 0.3515625, 0.3203125]
  static let skew: [Double] = [
    0.325, 0.553, 0.05, 0.488, 1.253, 0.776, 4.118, 0.287, 1.757, 0.772, 0.943, 0.501, 0.238, 0.977, 1.44,
    0.672, 0.049, 0.121, 1.068, 1.702,
  ]
  static let acceleration: [Double] = [0.08361490993026585]
  /// SciPy's BCa interval of the mean, 200,000 resamples.
  static let bca: [Double] = [0.6233786786363242, 1.4991499999999998]
}
