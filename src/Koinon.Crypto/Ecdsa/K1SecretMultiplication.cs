using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Koinon.Crypto.Ecdsa;

/// <summary>k·G and k·P for a secret k, in time independent of k: no branch and no table index depends on it.</summary>
/// <remarks>
/// An odd k is Σ ±2^i over all i without a zero, hence a sum of odd digits of fixed width: every window adds one point,
/// and none is infinity. The point is chosen by reading the whole window under masks, its sign by masks; an even k is
/// replaced by n - k and the result's sign changed, by masks. The addition is the unified one
/// (<see cref="K1Jacobian.AddConstantTime"/>). Carries are comparisons taken as numbers, which the compiler turns into
/// SETcc: in its x64 code for the methods on this path every conditional jump is a loop's end, a length's bound or the
/// stack guard. Partial sums are not 0 modulo n, so that no sum is infinity.
/// </remarks>
internal static class K1SecretMultiplication
{
    private const int PointWindowBits = 4;

    private const int PointWindows = 64;

    private const int PointWindowPoints = 1 << (PointWindowBits - 1);

    /// <summary>Computes k·G for a k that is not zero.</summary>
    [SkipLocalsInit]
    internal static void MultiplyGenerator(in K1Scalar k, out K1Jacobian result)
    {
        Span<byte> windows = stackalloc byte[K1GeneratorTables.Windows];
        ulong isNegated = Recode(in k, K1GeneratorTables.WindowBits, windows);
        ReadOnlySpan<ulong> comb = K1GeneratorTables.Comb;
        const int WindowWords = K1GeneratorTables.WindowPoints * 8;
        Select(comb[..WindowWords], windows[0], K1GeneratorTables.WindowBits, out K1Affine term);
        result = new K1Jacobian(in term.X, in term.Y);
        for (int i = 1; i < K1GeneratorTables.Windows; i++)
        {
            Select(comb.Slice(i * WindowWords, WindowWords), windows[i], K1GeneratorTables.WindowBits, out term);
            K1Jacobian.AddConstantTime(ref result, in term);
        }

        NegateIf(ref result, isNegated);
        CryptographicOperations.ZeroMemory(windows);
    }

    /// <summary>Computes k·P for a secret k that is not zero and a public P.</summary>
    [SkipLocalsInit]
    internal static void Multiply(in K1Affine point, in K1Scalar k, out K1Jacobian result)
    {
        Span<ulong> table = stackalloc ulong[PointWindowPoints * 8];
        FillTable(in point, table);
        Span<byte> windows = stackalloc byte[PointWindows];
        ulong isNegated = Recode(in k, PointWindowBits, windows);
        Select(table, windows[PointWindows - 1], PointWindowBits, out K1Affine term);
        result = new K1Jacobian(in term.X, in term.Y);
        for (int i = PointWindows - 2; i >= 0; i--)
        {
            for (int j = 0; j < PointWindowBits; j++)
            {
                K1Jacobian.Double(ref result);
            }

            Select(table, windows[i], PointWindowBits, out term);
            K1Jacobian.AddConstantTime(ref result, in term);
        }

        NegateIf(ref result, isNegated);
        CryptographicOperations.ZeroMemory(windows);
    }

    /// <summary>Gives the windows of k or n - k, whichever is odd; window w stands for the odd digit
    /// 2w - (2^bits - 1).</summary>
    /// <returns>All ones when n - k was taken.</returns>
    private static ulong Recode(in K1Scalar k, int bits, Span<byte> windows)
    {
        K1Scalar.Negate(in k, out K1Scalar odd);
        ulong isNegated = 0 - (~k.L0 & 1);
        K1Scalar.MoveIf(ref odd, in k, ~isNegated);

        // k = 2m + 1 = Σ over i < top of (m_i ? 1 : -1)·2^i, plus 2^top: the bits of m with a one set at top.
        int top = (windows.Length * bits) - 1;
        Span<ulong> words = stackalloc ulong[6];
        words.Clear();
        words[0] = (odd.L0 >> 1) | (odd.L1 << 63);
        words[1] = (odd.L1 >> 1) | (odd.L2 << 63);
        words[2] = (odd.L2 >> 1) | (odd.L3 << 63);
        words[3] = odd.L3 >> 1;
        words[top >> 6] |= 1UL << (top & 63);
        uint mask = (1u << bits) - 1;
        for (int i = 0; i < windows.Length; i++)
        {
            int bit = i * bits;
            int word = bit >> 6;
            int shift = bit & 63;

            // The shift in two steps keeps a shift by 64 from being one by 0.
            ulong value = (words[word] >> shift) | ((words[word + 1] << 1) << (63 - shift));
            windows[i] = (byte)((uint)value & mask);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words));
        K1Scalar.Erase(ref odd);
        return isNegated;
    }

    /// <summary>Reads the point of a window under masks: every point is read, whichever is wanted.</summary>
    private static void Select(ReadOnlySpan<ulong> points, uint window, int bits, out K1Affine term)
    {
        // Window w is the digit 2w - (2^bits - 1): its upper half holds 1, 3, …, its lower half -1, -3, … backwards.
        uint half = 1u << (bits - 1);
        uint isNegative = (window >> (bits - 1)) ^ 1;
        uint index = (window ^ (0 - isNegative)) & (half - 1);
        Vector256<ulong> x = Vector256<ulong>.Zero;
        Vector256<ulong> y = Vector256<ulong>.Zero;
        for (int i = 0; i < (int)half; i++)
        {
            // All ones when i is the index: i ^ index is zero only then, and only then does 0 - 1 reach bit 63.
            Vector256<ulong> mask = Vector256.Create(0 - (((ulong)((uint)i ^ index) - 1) >> 63));
            ReadOnlySpan<ulong> entry = points.Slice(i * 8, 8);
            x |= Vector256.Create(entry) & mask;
            y |= Vector256.Create(entry[4..]) & mask;
        }

        term = new K1Affine(K1Field.FromWords(x[0], x[1], x[2], x[3]), K1Field.FromWords(y[0], y[1], y[2], y[3]));
        K1Field.Negate(in term.Y, 1, out K1Field negative);
        K1Field.MoveIf(ref term.Y, in negative, 0 - (ulong)isNegative);
        term.Y.NormalizeWeakly();
    }

    private static void NegateIf(ref K1Jacobian point, ulong mask)
    {
        K1Field.Negate(in point.Y, 4, out K1Field negative);
        K1Field.MoveIf(ref point.Y, in negative, mask);
        point.Y.NormalizeWeakly();
    }

    /// <summary>Fills the odd multiples of a public point in affine form.</summary>
    private static void FillTable(in K1Affine point, Span<ulong> table)
    {
        JacobianTable sums = default;
        FieldTable inverses = default;
        FieldTable scratch = default;
        K1Jacobian twice = new(in point.X, in point.Y);
        K1Jacobian.Double(ref twice);
        K1Field.InvertVartime(in twice.Z, out K1Field inverse);
        twice.ToAffine(in inverse, out K1Affine step);
        sums[0] = new K1Jacobian(in point.X, in point.Y);
        inverses[0] = K1Field.One;
        for (int i = 1; i < PointWindowPoints; i++)
        {
            sums[i] = sums[i - 1];
            K1Jacobian.AddVartime(ref sums[i], in step.X, in step.Y, out _);
            inverses[i] = sums[i].Z;
        }

        K1Field.InvertManyVartime(inverses, scratch);
        for (int i = 0; i < PointWindowPoints; i++)
        {
            sums[i].ToAffine(in inverses[i], out K1Affine affine);
            Span<ulong> entry = table.Slice(i * 8, 8);
            affine.X.ToWords(out entry[0], out entry[1], out entry[2], out entry[3]);
            affine.Y.ToWords(out entry[4], out entry[5], out entry[6], out entry[7]);
        }
    }

    /// <summary>Odd multiples on their way to affine form.</summary>
    [InlineArray(PointWindowPoints)]
    private struct JacobianTable
    {
        private K1Jacobian _first;
    }

    /// <summary>One field element for each odd multiple.</summary>
    [InlineArray(PointWindowPoints)]
    private struct FieldTable
    {
        private K1Field _first;
    }
}
