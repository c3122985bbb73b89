namespace Koinon.Abi;

/// <summary>Decodes data as the ABI has it, bounded in time and memory whatever the data says.</summary>
/// <remarks>Stateless and safe from any thread.</remarks>
public static class AbiDecoder
{
    /// <summary>The most values, words of texts included, that one decoding makes.</summary>
    public const int ValuesMost = 1 << 20;

    /// <summary>Decodes the values of some types.</summary>
    /// <param name="types">The types, as of a tuple's components.</param>
    /// <param name="data">Their encoding; kept by bytes among the values.</param>
    /// <param name="values">The values; empty on an error.</param>
    /// <param name="error">Why there are none.</param>
    /// <param name="mode">How much to insist on.</param>
    public static bool TryDecode(
        IReadOnlyList<AbiType> types,
        ReadOnlyMemory<byte> data,
        out AbiValue[] values,
        out AbiDecodeError error,
        AbiDecodeMode mode = AbiDecodeMode.Canonical)
    {
        AbiReader reader = new(data, mode);
        AbiValue[]? decoded = reader.ReadAll(new AbiTypeSequence(types));
        values = decoded ?? [];
        error = reader.Error;
        return decoded is not null;
    }
}
