namespace Koinon.Crypto.Ecdsa;

/// <summary>Multiples of the generator, made on first use and never changed.</summary>
internal static class K1GeneratorTables
{
    /// <summary>Width of the non-adjacent form that the odd multiples serve.</summary>
    internal const int Width = 12;

    /// <summary>Bits of one window of the secret multiplication.</summary>
    internal const int WindowBits = 5;

    /// <summary>Windows of the secret multiplication: 260 bits.</summary>
    internal const int Windows = 52;

    /// <summary>Points of a window: the odd multiples 1 to 31.</summary>
    internal const int WindowPoints = 1 << (WindowBits - 1);

    private const int OddMultiples = 1 << (Width - 2);

    /// <summary>G, 3G, 5G, …</summary>
    internal static K1SignedAffine[] OfGenerator => Public.OfGenerator;

    /// <summary>2¹²⁸G, 3·2¹²⁸G, 5·2¹²⁸G, …</summary>
    internal static K1SignedAffine[] OfUpperGenerator => Public.OfUpperGenerator;

    /// <summary>For each window i the points 32^i·G times 1, 3, …, 31, eight 64-bit words each.</summary>
    internal static ulong[] Comb => Secret.Comb;

    /// <summary>Fills <paramref name="table"/> with odd multiples of a point.</summary>
    private static void FillOddMultiples(in K1Jacobian point, Span<K1Jacobian> table)
    {
        // 2P in affine form serves all the additions.
        K1Jacobian twice = point;
        K1Jacobian.Double(ref twice);
        K1Field.InvertVartime(in twice.Z, out K1Field inverse);
        twice.ToAffine(in inverse, out K1Affine step);
        table[0] = point;
        for (int i = 1; i < table.Length; i++)
        {
            table[i] = table[i - 1];
            K1Jacobian.AddVartime(ref table[i], in step.X, in step.Y, out _);
        }
    }

    private static K1Affine[] ToAffine(ReadOnlySpan<K1Jacobian> points)
    {
        K1Field[] inverses = new K1Field[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            inverses[i] = points[i].Z;
        }

        K1Field.InvertManyVartime(inverses, new K1Field[points.Length]);
        K1Affine[] result = new K1Affine[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i].ToAffine(in inverses[i], out result[i]);
        }

        return result;
    }

    private static void DoubleTimes(ref K1Jacobian point, int times)
    {
        for (int i = 0; i < times; i++)
        {
            K1Jacobian.Double(ref point);
        }
    }

    /// <summary>Tables of the operations on public values.</summary>
    private static class Public
    {
        internal static readonly K1SignedAffine[] OfGenerator = Make(0);

        internal static readonly K1SignedAffine[] OfUpperGenerator = Make(128);

        private static K1SignedAffine[] Make(int shift)
        {
            K1Jacobian start = new(K1Affine.Generator.X, K1Affine.Generator.Y);
            DoubleTimes(ref start, shift);
            K1Jacobian[] points = new K1Jacobian[OddMultiples];
            FillOddMultiples(in start, points);
            K1Affine[] affine = ToAffine(points);
            K1SignedAffine[] result = new K1SignedAffine[affine.Length];
            for (int i = 0; i < affine.Length; i++)
            {
                result[i] = new K1SignedAffine(in affine[i].X, in affine[i].Y);
            }

            return result;
        }
    }

    /// <summary>The table of signing and key derivation; its content is public, the access to it is masked.</summary>
    private static class Secret
    {
        internal static readonly ulong[] Comb = Make();

        private static ulong[] Make()
        {
            K1Jacobian[] points = new K1Jacobian[Windows * WindowPoints];
            K1Jacobian start = new(K1Affine.Generator.X, K1Affine.Generator.Y);
            for (int window = 0; window < Windows; window++)
            {
                FillOddMultiples(in start, points.AsSpan(window * WindowPoints, WindowPoints));
                DoubleTimes(ref start, WindowBits);
            }

            K1Affine[] affine = ToAffine(points);
            ulong[] words = new ulong[affine.Length * 8];
            for (int i = 0; i < affine.Length; i++)
            {
                Span<ulong> entry = words.AsSpan(i * 8, 8);
                affine[i].X.ToWords(out entry[0], out entry[1], out entry[2], out entry[3]);
                affine[i].Y.ToWords(out entry[4], out entry[5], out entry[6], out entry[7]);
            }

            return words;
        }
    }
}
