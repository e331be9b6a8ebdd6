/** The margins of a plot in pixels: for the labels of the y-axis, and for half of the last label below. */
export const PLOT_MARGINS = { left: 60, right: 40 };
