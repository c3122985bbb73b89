namespace Koinon.Crypto.Pairings;

/// <summary>Raising to public exponents.</summary>
internal static class Powers
{
    private const int WindowBits = 4;

    /// <summary>Raises to an exponent given as limbs, least significant first, by windows of four bits.</summary>
    internal static void Raise<TField>(in TField value, ReadOnlySpan<ulong> exponent, out TField result)
        where TField : unmanaged, IField<TField>
    {
        Span<TField> powers = stackalloc TField[1 << WindowBits];
        powers[0] = TField.One;
        for (int i = 1; i < powers.Length; i++) TField.Multiply(powers[i - 1], value, out powers[i]);

        TField product = TField.One;
        bool started = false;
        for (int position = exponent.Length * 64 - WindowBits; position >= 0; position -= WindowBits)
        {
            int digit = (int)(exponent[position >> 6] >> (position & 63)) & ((1 << WindowBits) - 1);
            if (started)
            {
                for (int i = 0; i < WindowBits; i++) TField.Square(product, out product);
            }

            if (digit == 0) continue;
            TField.Multiply(product, powers[digit], out product);
            started = true;
        }

        result = product;
    }
}
