// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.data;

import io.cifarengine.random.Randoms;

/**
 * pixel = light (ground + coverage (1 + texture tone) contrast) + noise: one shape with one surface
 * in front of a cloudy ground, as a pure function of its source of random numbers.
 *
 * <p>The constructor decides everything but the noise; {@link #render} paints. Lengths are in
 * pixels from the middle of the image, colours in steps of 0 .. 255.
 */
final class Scene {
  static final int SIDE = 32;
  static final int PLANE = SIDE * SIDE;
  static final int CHANNELS = 3;
  private static final double MIDDLE = 0.5 * (SIDE - 1);

  // How much the images of one class differ.
  private static final double SHIFT = 3; // of the shape's centre, either way
  private static final double SMALLEST = 9; // radius of the shape's unit disc
  private static final double LARGEST = 12.5;
  private static final double TURN = 0.35; // radians, either way; 20 degrees
  private static final double STRETCH = 0.12; // of one axis, and back of the other

  /**
   * The share of shapes that are brighter than the ground. At one half the mean image of a class
   * would be flat and a linear model could only guess; at one a template would do.
   */
  private static final double BRIGHTER = 0.65;

  private static final double FAINTEST = 40; // difference between shape and ground
  private static final double STRONGEST = 90;
  private static final double TINT = 35; // how far a channel's difference strays from the others'
  private static final double HUE = 40; // how far a channel of the ground strays from grey

  /**
   * The ground is lighter at the top, as under a sky: its mean step from one row to the next. What
   * all images share works as a bias: without it an image and its negative would be almost equally
   * likely, and a tanh network that starts from small weights, odd as tanh is, would wait for tens
   * of epochs before it told brighter and darker shapes apart.
   */
  private static final double SKY = -3.5;

  private static final double TILT = 1.2; // of the ground's step to the next pixel, either way
  private static final double UNEVENNESS = 0.012; // of the light, one pixel
  private static final double NOISE = 24; // largest deviation of a byte

  // Clouds are random heights on a coarse grid, with straight lines between.
  private static final double CLOUD = 20; // largest height
  private static final int CLOUD_CELLS = 4; // a side
  private static final int CLOUD_CORNERS = CLOUD_CELLS + 1;

  private final Figure figure;
  private final Surface surface;
  private final Randoms noise;

  // From pixel to shape coordinates: u = uX x + uY y, v = vX x + vY y around the centre.
  private final double centreX;
  private final double centreY;
  private final double radius;
  private final double uX;
  private final double uY;
  private final double vX;
  private final double vY;

  private final double[] ground = new double[CHANNELS];
  private final double[] contrast = new double[CHANNELS]; // shape minus ground
  private final double texture; // how much of the contrast the pattern takes and gives
  private final double slopeX; // the ground's gradient, one pixel
  private final double slopeY;
  private final double lightX; // the light's gradient, a share of 1 one pixel
  private final double lightY;
  private final double[] clouds = new double[CLOUD_CORNERS * CLOUD_CORNERS];

  Scene(Figure figure, Surface surface, Randoms source) {
    this.figure = figure;
    this.surface = surface;
    noise = source.stream("noise");
    var draws = new Draws(source.stream("scene"));

    centreX = draws.within(SHIFT);
    centreY = draws.within(SHIFT);
    radius = draws.between(SMALLEST, LARGEST);
    double angle = draws.within(TURN);
    double stretch = 1 + draws.within(STRETCH);
    double cos = StrictMath.cos(angle) / radius;
    double sin = StrictMath.sin(angle) / radius;
    uX = cos * stretch;
    uY = sin * stretch;
    vX = -sin / stretch;
    vY = cos / stretch;

    double sign = draws.chance(BRIGHTER) ? 1 : -1;
    double strength = draws.between(FAINTEST, STRONGEST);
    for (int c = 0; c < CHANNELS; c++) {
      ground[c] = 128 - sign * 0.5 * strength + draws.within(HUE);
      contrast[c] = sign * strength + draws.within(TINT);
    }
    texture = draws.between(0.35, 0.65);

    slopeX = draws.within(TILT);
    slopeY = SKY + draws.within(TILT);
    lightX = draws.within(UNEVENNESS);
    lightY = draws.within(UNEVENNESS);
    for (int i = 0; i < clouds.length; i++) {
      clouds[i] = draws.within(CLOUD);
    }
  }

  /** Writes 3072 bytes: the red plane, the green, the blue, each row by row from the top. */
  void render(byte[] target, int offset) {
    int[] words = new int[4];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int pixel = row * SIDE + column;
        double x = column - MIDDLE;
        double y = row - MIDDLE;

        double dx = x - centreX;
        double dy = y - centreY;
        double u = uX * dx + uY * dy;
        double v = vX * dx + vY * dy;
        // One pixel wide, the step from outside to inside looks smooth.
        double coverage = clamp(0.5 - radius * figure.outline(u, v), 0, 1);
        double painted = coverage == 0 ? 0 : coverage * (1 + texture * surface.tone(u, v));

        double weather = slopeX * x + slopeY * y + cloud(column, row);
        double light = 1 + lightX * x + lightY * y;

        noise.block(pixel, words); // one word a channel, the fourth is left over
        for (int c = 0; c < CHANNELS; c++) {
          double value = light * (ground[c] + weather + painted * contrast[c]) + grain(words[c]);
          target[offset + c * PLANE + pixel] = (byte) (int) clamp(value + 0.5, 0, 255);
        }
      }
    }
  }

  /** The clouds' height at a pixel, linear in both directions between the corners of a cell. */
  private double cloud(int column, int row) {
    double across = (double) column * CLOUD_CELLS / SIDE;
    double down = (double) row * CLOUD_CELLS / SIDE;
    int left = (int) across;
    int top = (int) down;
    int corner = top * CLOUD_CORNERS + left;
    double upper = mix(clouds[corner], clouds[corner + 1], across - left);
    int below = corner + CLOUD_CORNERS;
    double lower = mix(clouds[below], clouds[below + 1], across - left);
    return mix(upper, lower, down - top);
  }

  /** Noise from 32 bits: the mean of two uniform numbers, so small deviations are likelier. */
  private static double grain(int bits) {
    int one = bits >>> 16;
    int other = bits & 0xFFFF;
    return NOISE * (one + other - 0xFFFF) / 0xFFFF;
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
