using System.Diagnostics.CodeAnalysis;
using System.Text;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>A function, error or event by its name and parameters.</summary>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed class AbiSignature
{
    private readonly AbiType[] _types;

    private AbiSignature(string name, AbiParameter[] parameters)
    {
        Name = name;
        Parameters = parameters;
        Canonical = name + AbiType.NameOf(parameters);
        Selector = Selector.Of(Canonical);
        _types = Array.ConvertAll(parameters, static parameter => parameter.Type);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<AbiParameter> Parameters { get; }

    /// <summary>The form that is hashed: <c>transfer(address,uint256)</c>.</summary>
    public string Canonical { get; }

    /// <summary>The four bytes before its data.</summary>
    public Selector Selector { get; }

    /// <summary>The first topic of an event of this signature.</summary>
    public Hash256 Topic => Hash256.Keccak(Encoding.UTF8.GetBytes(Canonical));

    /// <summary>
    /// Reads a signature: <c>transfer(address to, uint256)</c>, with <c>function</c>, <c>error</c> or <c>event</c>
    /// before it or without.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out AbiSignature? signature, out AbiTypeError error)
    {
        AbiTypeParser parser = new(text);
        AbiParameter[]? parameters = parser.ReadSignature(out string name);
        signature = parameters is null ? null : new AbiSignature(name, parameters);
        error = parser.Error;
        return signature is not null;
    }

    /// <summary>Reads a signature as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no signature.</exception>
    public static AbiSignature Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out AbiSignature? signature, out AbiTypeError error)
            ? signature
            : throw new FormatException($"'{text}' is no signature: {error}.");

    /// <summary>Encodes selector and values.</summary>
    public bool TryEncode(IReadOnlyList<AbiValue> values, out byte[] data, out AbiEncodeError error)
    {
        Span<byte> selector = stackalloc byte[Selector.Size];
        Selector.CopyTo(selector);
        return AbiEncoder.TryEncode(_types, values, selector, out data, out error);
    }

    /// <summary>Decodes data that begins with the selector.</summary>
    public bool TryDecode(
        ReadOnlyMemory<byte> data,
        out AbiValue[] values,
        out AbiDecodeError error,
        AbiDecodeMode mode = AbiDecodeMode.Canonical)
    {
        if (!Selector.TryRead(data.Span, out Selector found) || found != Selector)
        {
            values = [];
            error = new AbiDecodeError(AbiDecodeReason.SelectorMismatch, 0);
            return false;
        }

        return AbiDecoder.TryDecode(_types, data[Selector.Size..], out values, out error, mode);
    }

    /// <summary>The canonical form.</summary>
    public override string ToString() => Canonical;
}
