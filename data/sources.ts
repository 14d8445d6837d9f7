/** The papers and releases that the lessons' facts come from. */
export const SOURCES = {
  v1: {
    authors: "Chen, Papandreou, Kokkinos, Murphy, Yuille",
    title: "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs",
    where: "ICLR 2015 (DeepLab v1)",
    url: "https://arxiv.org/abs/1412.7062"
  },
  v2: {
    authors: "Chen, Papandreou, Kokkinos, Murphy, Yuille",
    title: "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs",
    where: "2016, TPAMI 2018 (DeepLab v2)",
    url: "https://arxiv.org/abs/1606.00915"
  },
  v3: {
    authors: "Chen, Papandreou, Schroff, Adam",
    title: "Rethinking Atrous Convolution for Semantic Image Segmentation",
    where: "2017 (DeepLab v3)",
    url: "https://arxiv.org/abs/1706.05587"
  },
  v3plus: {
    authors: "Chen, Zhu, Papandreou, Schroff, Adam",
    title: "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation",
    where: "ECCV 2018 (DeepLab v3+)",
    url: "https://arxiv.org/abs/1802.02611"
  },
  denseCrf: {
    authors: "Krähenbühl, Koltun",
    title: "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials",
    where: "NIPS 2011",
    url: "https://arxiv.org/abs/1210.5644"
  },
  permutohedral: {
    authors: "Adams, Baek, Davis",
    title: "Fast High-Dimensional Filtering Using the Permutohedral Lattice",
    where: "Eurographics 2010",
    url: "https://doi.org/10.1111/j.1467-8659.2009.01645.x"
  },
  mobilenetv2: {
    authors: "Sandler, Howard, Zhu, Zhmoginov, Chen",
    title: "MobileNetV2: Inverted Residuals and Linear Bottlenecks",
    where: "CVPR 2018",
    url: "https://arxiv.org/abs/1801.04381"
  },
  mobilenets: {
    authors: "Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto, Adam",
    title: "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications",
    where: "2017",
    url: "https://arxiv.org/abs/1704.04861"
  },
  xception: {
    authors: "Chollet",
    title: "Xception: Deep Learning with Depthwise Separable Convolutions",
    where: "CVPR 2017",
    url: "https://arxiv.org/abs/1610.02357"
  },
  resnet: {
    authors: "He, Zhang, Ren, Sun",
    title: "Deep Residual Learning for Image Recognition",
    where: "CVPR 2016",
    url: "https://arxiv.org/abs/1512.03385"
  },
  preactivation: {
    authors: "He, Zhang, Ren, Sun",
    title: "Identity Mappings in Deep Residual Networks",
    where: "ECCV 2016",
    url: "https://arxiv.org/abs/1603.05027"
  },
  hybridDilation: {
    authors: "Wang, Chen, Yuan, Liu, Huang, Hou, Cottrell",
    title: "Understanding Convolution for Semantic Segmentation",
    where: "WACV 2018 (gridding)",
    url: "https://arxiv.org/abs/1702.08502"
  },
  receptiveField: {
    authors: "Araujo, Norris, Sim",
    title: "Computing Receptive Fields of Convolutional Neural Networks",
    where: "Distill 2019",
    url: "https://distill.pub/2019/computing-receptive-fields/"
  },
  fcn: {
    authors: "Long, Shelhamer, Darrell",
    title: "Fully Convolutional Networks for Semantic Segmentation",
    where: "CVPR 2015",
    url: "https://arxiv.org/abs/1411.4038"
  },
  review: {
    authors: "Garcia-Garcia, Orts-Escolano, Oprea, Villena-Martinez, Garcia-Rodriguez",
    title: "A Review on Deep Learning Techniques Applied to Semantic Segmentation",
    where: "2017",
    url: "https://arxiv.org/abs/1704.06857"
  },
  boundaryIoU: {
    authors: "Cheng, Girshick, Dollár, Berg, Kirillov",
    title: "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation",
    where: "CVPR 2021",
    url: "https://arxiv.org/abs/2103.16562"
  },
  voc: {
    authors: "Everingham, Van Gool, Williams, Winn, Zisserman",
    title: "The PASCAL Visual Object Classes Challenge",
    where: "IJCV 2010",
    url: "http://host.robots.ox.ac.uk/pascal/VOC/"
  },
  release: {
    authors: "Google",
    title: "DeepLab: Deep Labelling for Semantic Image Segmentation",
    where: "released code and models, 2018",
    url: "https://github.com/tensorflow/models/tree/master/research/deeplab"
  },
  batchNorm: {
    authors: "Ioffe, Szegedy",
    title: "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
    where: "ICML 2015",
    url: "https://arxiv.org/abs/1502.03167"
  },
  transferable: {
    authors: "Yosinski, Clune, Bengio, Lipson",
    title: "How Transferable Are Features in Deep Neural Networks?",
    where: "NIPS 2014",
    url: "https://arxiv.org/abs/1411.1792"
  },
  adamw: {
    authors: "Loshchilov, Hutter",
    title: "Decoupled Weight Decay Regularization",
    where: "ICLR 2019 (AdamW)",
    url: "https://arxiv.org/abs/1711.05101"
  },
  jacob: {
    authors: "Jacob, Kligys, Chen, Zhu, Tang, Howard, Adam, Kalenichenko",
    title: "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference",
    where: "CVPR 2018",
    url: "https://arxiv.org/abs/1712.05877"
  },
  krishnamoorthi: {
    authors: "Krishnamoorthi",
    title: "Quantizing Deep Convolutional Networks for Efficient Inference: A Whitepaper",
    where: "2018",
    url: "https://arxiv.org/abs/1806.08342"
  },
  dataFree: {
    authors: "Nagel, van Baalen, Blankevoort, Welling",
    title: "Data-Free Quantization Through Weight Equalization and Bias Correction",
    where: "ICCV 2019",
    url: "https://arxiv.org/abs/1906.04721"
  }
} as const;
