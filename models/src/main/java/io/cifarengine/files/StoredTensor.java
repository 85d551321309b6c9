// SPDX-License-Identifier: Apache-2.0
package io.cifarengine.files;

import io.cifarengine.tensor.Shape;
import io.cifarengine.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * A row-major array of one of four types under a shape, as files hold it. The array is shared with
 * whoever gave it or asks for it, not copied.
 */
public final class StoredTensor {
  /** The types of elements, little-endian in a file. */
  public enum Type {
    /** IEEE 754 single precision. */
    F32(Float.BYTES),
    /** IEEE 754 double precision. */
    F64(Double.BYTES),
    /** Two's complement, 64 bits. */
    I64(Long.BYTES),
    /** Unsigned bytes. */
    U8(Byte.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** The bytes of one element. */
    public int bytes() {
      return bytes;
    }
  }

  private final Type type;
  private final Shape shape;
  private final Object array;

  private StoredTensor(Type type, Shape shape, Object array, int length) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          type + " " + shape + ": expected " + shape.size() + " elements, found " + length);
    }
    this.type = type;
    this.shape = shape;
    this.array = array;
  }

  /** Single precision. */
  public static StoredTensor of(Tensor tensor) {
    return new StoredTensor(Type.F32, tensor.shape(), tensor.data(), tensor.size());
  }

  /** Double precision. */
  public static StoredTensor of(double[] array, Shape shape) {
    return new StoredTensor(Type.F64, shape, array, array.length);
  }

  /** Whole numbers. */
  public static StoredTensor of(long[] array, Shape shape) {
    return new StoredTensor(Type.I64, shape, array, array.length);
  }

  /** Unsigned bytes. */
  public static StoredTensor of(byte[] array, Shape shape) {
    return new StoredTensor(Type.U8, shape, array, array.length);
  }

  /** All zeros. */
  static StoredTensor zeros(Type type, Shape shape) {
    return switch (type) {
      case F32 -> of(Tensor.zeros(shape));
      case F64 -> of(new double[shape.size()], shape);
      case I64 -> of(new long[shape.size()], shape);
      case U8 -> of(new byte[shape.size()], shape);
    };
  }

  /** The type of its elements. */
  public Type type() {
    return type;
  }

  /** Its dimensions. */
  public Shape shape() {
    return shape;
  }

  /**
   * The tensor that it is.
   *
   * @throws IllegalStateException where it is not {@link Type#F32}
   */
  public Tensor tensor() {
    return Tensor.wrap((float[]) arrayOf(Type.F32), shape);
  }

  /**
   * Its elements.
   *
   * @throws IllegalStateException where it is not {@link Type#F64}
   */
  public double[] doubles() {
    return (double[]) arrayOf(Type.F64);
  }

  /**
   * Its elements.
   *
   * @throws IllegalStateException where it is not {@link Type#I64}
   */
  public long[] longs() {
    return (long[]) arrayOf(Type.I64);
  }

  /**
   * Its elements.
   *
   * @throws IllegalStateException where it is not {@link Type#U8}
   */
  public byte[] bytes() {
    return (byte[]) arrayOf(Type.U8);
  }

  private Object arrayOf(Type wanted) {
    if (type != wanted) {
      throw new IllegalStateException("expected a tensor of " + wanted + ", found " + this);
    }
    return array;
  }

  /** Puts n elements from {@code first} on into a little-endian buffer, which is cleared before. */
  void get(int first, int n, ByteBuffer chunk) {
    chunk.clear();
    switch (type) {
      case F32 -> chunk.asFloatBuffer().put((float[]) array, first, n);
      case F64 -> chunk.asDoubleBuffer().put((double[]) array, first, n);
      case I64 -> chunk.asLongBuffer().put((long[]) array, first, n);
      case U8 -> chunk.duplicate().put((byte[]) array, first, n);
    }
    chunk.limit(n * type.bytes);
  }

  /** Takes n elements from {@code first} on out of a little-endian buffer. */
  void put(int first, int n, ByteBuffer chunk) {
    switch (type) {
      case F32 -> chunk.asFloatBuffer().get((float[]) array, first, n);
      case F64 -> chunk.asDoubleBuffer().get((double[]) array, first, n);
      case I64 -> chunk.asLongBuffer().get((long[]) array, first, n);
      case U8 -> chunk.duplicate().get((byte[]) array, first, n);
    }
  }

  /** The index of the first NaN or infinity, or -1. */
  int firstNotFinite() {
    for (int i = 0; i < shape.size(); i++) {
      boolean finite =
          switch (type) {
            case F32 -> Float.isFinite(((float[]) array)[i]);
            case F64 -> Double.isFinite(((double[]) array)[i]);
            case I64, U8 -> true;
          };
      if (!finite) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return type + " " + shape;
  }
}
