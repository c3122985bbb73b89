using System.Runtime.CompilerServices;

namespace Koinon.Crypto.Ecdsa;

/// <summary>Inverses modulo an odd modulus of 256 or 384 bits by Bernstein and Yang's divsteps.</summary>
/// <remarks>
/// Numbers are five signed limbs of 62 bits (seven for 384 bits), the last one with the sign. Divsteps are taken in
/// rounds on the lowest
/// limbs alone; a round's 2x2 matrix is then applied to the whole numbers. The modulus is public.
/// Source: "Fast constant-time gcd computation and modular inversion" (2019); the rounds, bounds and step counts are
/// those of libsecp256k1's modinv64.
/// </remarks>
internal static class SafeGcd
{
    private const int LimbsMax = 7;
    private const int LimbBits = 62;
    private const ulong Mask62 = ulong.MaxValue >> 2;

    /// <summary>Rounds of 59 divsteps that bring every 256-bit input to its end.</summary>
    private const int ConstantTimeRounds = 10;

    /// <summary>Finds 1/value in time independent of the value.</summary>
    /// <param name="value">Four limbs of 64 bits, below the modulus; replaced by the inverse, zero by zero.</param>
    /// <param name="modulus">The modulus, as many limbs.</param>
    /// <param name="negatedInverse">-1/modulus modulo 2⁶⁴.</param>
    [SkipLocalsInit]
    internal static void Invert(Span<ulong> value, ReadOnlySpan<ulong> modulus, ulong negatedInverse)
    {
        Span<long> numbers = stackalloc long[5 * LimbsMax];
        Start(value, modulus, numbers, out Span<long> d, out Span<long> e, out Span<long> f, out Span<long> g,
            out Span<long> m);
        long zeta = -1;
        for (int i = 0; i < ConstantTimeRounds; i++)
        {
            zeta = Steps59(zeta, (ulong)f[0], (ulong)g[0], out Matrix matrix);
            UpdateDE(d, e, in matrix, m, 0 - negatedInverse);
            UpdateFG(f, g, in matrix, f.Length);
        }

        Finish(d, f[^1], m, value);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers).Clear();
    }

    /// <summary>As <see cref="Invert"/>, faster, in time that depends on the value: for public values, of four limbs or
    /// six.</summary>
    [SkipLocalsInit]
    internal static void InvertVartime(Span<ulong> value, ReadOnlySpan<ulong> modulus, ulong negatedInverse)
    {
        Span<long> numbers = stackalloc long[5 * LimbsMax];
        Start(value, modulus, numbers, out Span<long> d, out Span<long> e, out Span<long> f, out Span<long> g,
            out Span<long> m);
        long eta = -1;
        int length = f.Length;
        while (true)
        {
            eta = Steps62Vartime(eta, (ulong)f[0], (ulong)g[0], out Matrix matrix);
            UpdateDE(d, e, in matrix, m, 0 - negatedInverse);
            UpdateFG(f, g, in matrix, length);
            if (IsZero(g[..length]))
            {
                break;
            }

            // A top limb of both that is only a sign goes into the limb below.
            long fTop = f[length - 1];
            long gTop = g[length - 1];
            if (length > 1 && fTop == fTop >> 63 && gTop == gTop >> 63)
            {
                f[length - 2] |= fTop << LimbBits;
                g[length - 2] |= gTop << LimbBits;
                length--;
            }
        }

        Finish(d, f[length - 1], m, value);
    }

    /// <summary>d = 0, e = 1, f = modulus, g = value.</summary>
    private static void Start(
        ReadOnlySpan<ulong> value,
        ReadOnlySpan<ulong> modulus,
        Span<long> numbers,
        out Span<long> d,
        out Span<long> e,
        out Span<long> f,
        out Span<long> g,
        out Span<long> m)
    {
        int limbs = (value.Length * 64 / LimbBits) + 1;
        d = numbers[..limbs];
        e = numbers.Slice(limbs, limbs);
        f = numbers.Slice(2 * limbs, limbs);
        g = numbers.Slice(3 * limbs, limbs);
        m = numbers.Slice(4 * limbs, limbs);
        d.Clear();
        e.Clear();
        e[0] = 1;
        ToSigned62(modulus, m);
        m.CopyTo(f);
        ToSigned62(value, g);
    }

    private static void ToSigned62(ReadOnlySpan<ulong> words, Span<long> limbs)
    {
        // Limb i holds the bits from 62 i on: the top 2 i of word i - 1 and what fits of word i.
        limbs[0] = (long)(words[0] & Mask62);
        for (int i = 1; i < words.Length; i++)
        {
            limbs[i] = (long)(((words[i - 1] >> (64 - (2 * i))) | (words[i] << (2 * i))) & Mask62);
        }

        limbs[^1] = (long)(words[^1] >> (64 - (2 * words.Length)));
    }

    private static bool IsZero(ReadOnlySpan<long> limbs)
    {
        long any = 0;
        foreach (long limb in limbs)
        {
            any |= limb;
        }

        return any == 0;
    }

    /// <summary>59 divsteps without a branch on f or g; the matrix is scaled by 8, to 62 steps.</summary>
    private static long Steps59(long zeta, ulong f, ulong g, out Matrix matrix)
    {
        ulong u = 8, v = 0, q = 0, r = 8;
        for (int i = 3; i < LimbBits; i++)
        {
            // c1: whether zeta is negative; c2: whether g is odd.
            ulong c1 = (ulong)(zeta >> 63);
            ulong c2 = 0 - (g & 1);
            g += ((f ^ c1) - c1) & c2;
            q += ((u ^ c1) - c1) & c2;
            r += ((v ^ c1) - c1) & c2;

            // With both, the roles of f and g change.
            c1 &= c2;
            zeta = (zeta ^ (long)c1) - 1;
            f += g & c1;
            u += q & c1;
            v += r & c1;
            g >>= 1;
            u <<= 1;
            v <<= 1;
        }

        matrix = new Matrix((long)u, (long)v, (long)q, (long)r);
        return zeta;
    }

    /// <summary>62 divsteps, runs of zeros and several small additions at a time.</summary>
    private static long Steps62Vartime(long eta, ulong f, ulong g, out Matrix matrix)
    {
        ulong u = 1, v = 0, q = 0, r = 1;
        int left = LimbBits;
        while (true)
        {
            // A sentinel bit stops the count at the steps left.
            int zeros = System.Numerics.BitOperations.TrailingZeroCount(g | (ulong.MaxValue << left));
            g >>= zeros;
            u <<= zeros;
            v <<= zeros;
            eta -= zeros;
            left -= zeros;
            if (left == 0)
            {
                break;
            }

            // Cancel as many low bits of g by a multiple of f as eta and the steps left allow: 6 at most, or 4.
            ulong w;
            if (eta < 0)
            {
                eta = -eta;
                (f, g) = (g, 0 - f);
                (u, q) = (q, 0 - u);
                (v, r) = (r, 0 - v);
                int limit = Math.Min((int)eta + 1, left);
                ulong mask = (ulong.MaxValue >> (64 - limit)) & 63;
                w = (f * g * ((f * f) - 2)) & mask;
            }
            else
            {
                int limit = Math.Min((int)eta + 1, left);
                ulong mask = (ulong.MaxValue >> (64 - limit)) & 15;
                w = f + (((f + 1) & 4) << 1);
                w = ((0 - w) * g) & mask;
            }

            g += f * w;
            q += u * w;
            r += v * w;
        }

        matrix = new Matrix((long)u, (long)v, (long)q, (long)r);
        return eta;
    }

    /// <summary>(d, e) = matrix · (d, e) / 2⁶² modulo the modulus, both kept between -2·modulus and modulus.</summary>
    private static void UpdateDE(
        Span<long> d, Span<long> e, in Matrix matrix, ReadOnlySpan<long> modulus, ulong inverse)
    {
        long u = matrix.U, v = matrix.V, q = matrix.Q, r = matrix.R;
        long signD = d[^1] >> 63;
        long signE = e[^1] >> 63;
        long md = (u & signD) + (v & signE);
        long me = (q & signD) + (r & signE);
        Wide cd = default;
        Wide ce = default;
        cd.AddProduct(u, d[0]);
        cd.AddProduct(v, e[0]);
        ce.AddProduct(q, d[0]);
        ce.AddProduct(r, e[0]);

        // The multiples of the modulus that make the lowest limb zero.
        md -= (long)(((inverse * cd.Low) + (ulong)md) & Mask62);
        me -= (long)(((inverse * ce.Low) + (ulong)me) & Mask62);
        cd.AddProduct(modulus[0], md);
        ce.AddProduct(modulus[0], me);
        cd.ShiftDown62();
        ce.ShiftDown62();
        for (int i = 1; i < d.Length; i++)
        {
            long di = d[i];
            long ei = e[i];
            cd.AddProduct(u, di);
            cd.AddProduct(v, ei);
            cd.AddProduct(modulus[i], md);
            ce.AddProduct(q, di);
            ce.AddProduct(r, ei);
            ce.AddProduct(modulus[i], me);
            d[i - 1] = (long)(cd.Low & Mask62);
            e[i - 1] = (long)(ce.Low & Mask62);
            cd.ShiftDown62();
            ce.ShiftDown62();
        }

        d[^1] = (long)cd.Low;
        e[^1] = (long)ce.Low;
    }

    /// <summary>(f, g) = matrix · (f, g) / 2⁶², exact.</summary>
    private static void UpdateFG(Span<long> f, Span<long> g, in Matrix matrix, int length)
    {
        long u = matrix.U, v = matrix.V, q = matrix.Q, r = matrix.R;
        Wide cf = default;
        Wide cg = default;
        cf.AddProduct(u, f[0]);
        cf.AddProduct(v, g[0]);
        cg.AddProduct(q, f[0]);
        cg.AddProduct(r, g[0]);
        cf.ShiftDown62();
        cg.ShiftDown62();
        for (int i = 1; i < length; i++)
        {
            long fi = f[i];
            long gi = g[i];
            cf.AddProduct(u, fi);
            cf.AddProduct(v, gi);
            cg.AddProduct(q, fi);
            cg.AddProduct(r, gi);
            f[i - 1] = (long)(cf.Low & Mask62);
            g[i - 1] = (long)(cg.Low & Mask62);
            cf.ShiftDown62();
            cg.ShiftDown62();
        }

        f[length - 1] = (long)cf.Low;
        g[length - 1] = (long)cg.Low;
    }

    /// <summary>The inverse is d with the sign of f, brought to 0 .. modulus - 1.</summary>
    private static void Finish(Span<long> d, long sign, ReadOnlySpan<long> modulus, Span<ulong> value)
    {
        long add = d[^1] >> 63;
        long negate = sign >> 63;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = ((d[i] + (modulus[i] & add)) ^ negate) - negate;
        }

        Carry(d);
        add = d[^1] >> 63;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] += modulus[i] & add;
        }

        Carry(d);
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = ((ulong)d[i] >> (2 * i)) | ((ulong)d[i + 1] << (62 - (2 * i)));
        }
    }

    private static void Carry(Span<long> limbs)
    {
        for (int i = 1; i < limbs.Length; i++)
        {
            limbs[i] += limbs[i - 1] >> LimbBits;
            limbs[i - 1] &= (long)Mask62;
        }
    }

    /// <summary>What a round of divsteps does to (f, g), times 2⁶².</summary>
    private readonly struct Matrix(long u, long v, long q, long r)
    {
        internal readonly long U = u, V = v, Q = q, R = r;
    }

    /// <summary>A signed sum of 128 bits.</summary>
    private struct Wide
    {
        internal ulong Low;
        private long _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void AddProduct(long a, long b)
        {
            long high = Math.BigMul(a, b, out long low);
            Low += (ulong)low;
            _high += high + (Low < (ulong)low ? 1L : 0L);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void ShiftDown62()
        {
            Low = (Low >> 62) | ((ulong)_high << 2);
            _high >>= 62;
        }
    }
}
