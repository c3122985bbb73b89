using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Koinon.Abi;

/// <summary>A type of the contract ABI.</summary>
/// <remarks>Immutable; safe from any thread. Source: Solidity, "Contract ABI Specification".</remarks>
public sealed class AbiType
{
    /// <summary>How deep types stand in types.</summary>
    public const int MaxDepth = 32;

    /// <summary>Bytes of a word.</summary>
    internal const int WordSize = 32;

    private AbiType(AbiKind kind, string name, bool isDynamic, long headSize)
    {
        Kind = kind;
        Name = name;
        IsDynamic = isDynamic;
        HeadSize = (int)headSize;
    }

    /// <summary>Which family it is of.</summary>
    public AbiKind Kind { get; }

    /// <summary>The canonical name, as selectors are made of it: <c>(uint256,bytes)[2]</c>.</summary>
    public string Name { get; }

    /// <summary>Whether its encoding stands behind the heads, with an offset in the head.</summary>
    public bool IsDynamic { get; }

    /// <summary>Bits of an integer, 8 to 256; else 0.</summary>
    public int Bits { get; private init; }

    /// <summary>Bytes of fixed bytes, or items of a fixed array; else 0.</summary>
    public int Length { get; private init; }

    /// <summary>Type of an array's items; else <see langword="null"/>.</summary>
    public AbiType? Element { get; private init; }

    /// <summary>Components of a tuple; else empty.</summary>
    public IReadOnlyList<AbiParameter> Components { get; private init; } = [];

    /// <summary>Types of a tuple's components; else empty.</summary>
    internal IReadOnlyList<AbiType> ComponentTypes { get; private init; } = [];

    /// <summary>Bytes that it takes in the head: of its whole encoding where it is static.</summary>
    public int HeadSize { get; }

    /// <summary>
    /// Reads a type: <c>uint256</c>, <c>bytes[]</c>, <c>(address to, uint96)[2][]</c>, <c>tuple(bool)</c>.
    /// </summary>
    /// <param name="text">The type; <c>uint</c> and <c>int</c> stand for 256 bits.</param>
    /// <param name="type">The type, where the text is one.</param>
    /// <param name="error">Why it is none.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out AbiType? type, out AbiTypeError error)
    {
        AbiTypeParser parser = new(text);
        type = parser.ReadOnlyType();
        error = parser.Error;
        return type is not null;
    }

    /// <summary>Reads a type as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no type.</exception>
    public static AbiType Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out AbiType? type, out AbiTypeError error)
            ? type
            : throw new FormatException($"'{text}' is no type of the ABI: {error}.");

    /// <summary>A tuple of some components.</summary>
    /// <exception cref="ArgumentException">It would be larger than any data.</exception>
    public static AbiType TupleOf(IReadOnlyList<AbiParameter> components) =>
        TryMakeTuple(components)
            ?? throw new ArgumentException("The tuple is larger than any data.", nameof(components));

    /// <summary>The canonical name.</summary>
    public override string ToString() => Name;

    internal static AbiType MakeInteger(bool isSigned, int bits) => new(
        isSigned ? AbiKind.Signed : AbiKind.Unsigned,
        (isSigned ? "int" : "uint") + bits.ToString(CultureInfo.InvariantCulture),
        false,
        WordSize)
    {
        Bits = bits,
    };

    internal static AbiType MakeFixedPoint(bool isSigned, int bits, int decimals) => new(
        isSigned ? AbiKind.Signed : AbiKind.Unsigned,
        string.Create(CultureInfo.InvariantCulture, $"{(isSigned ? "fixed" : "ufixed")}{bits}x{decimals}"),
        false,
        WordSize)
    {
        Bits = bits,
    };

    internal static AbiType MakeFixedBytes(string name, int length) =>
        new(AbiKind.FixedBytes, name, false, WordSize) { Length = length };

    internal static AbiType MakeSimple(AbiKind kind, string name) =>
        new(kind, name, kind is AbiKind.Bytes or AbiKind.Text, WordSize);

    internal static AbiType MakeArray(AbiType element) =>
        new(AbiKind.Array, element.Name + "[]", true, WordSize) { Element = element };

    internal static AbiType? TryMakeFixedArray(AbiType element, int length)
    {
        long headSize = element.IsDynamic ? WordSize : (long)element.HeadSize * length;
        string name = string.Create(CultureInfo.InvariantCulture, $"{element.Name}[{length}]");
        return headSize > int.MaxValue
            ? null
            : new AbiType(AbiKind.FixedArray, name, element.IsDynamic, headSize) { Element = element, Length = length };
    }

    internal static AbiType? TryMakeTuple(IReadOnlyList<AbiParameter> components)
    {
        string name = NameOf(components);
        AbiType[] types = new AbiType[components.Count];
        long headSize = 0;
        bool isDynamic = false;
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = components[i].Type;
            headSize += types[i].HeadSize;
            isDynamic |= types[i].IsDynamic;
        }

        return headSize > int.MaxValue
            ? null
            : new AbiType(AbiKind.Tuple, name, isDynamic, isDynamic ? WordSize : headSize)
            {
                Components = components,
                ComponentTypes = types,
            };
    }

    internal static string NameOf(IReadOnlyList<AbiParameter> parameters)
    {
        string[] names = new string[parameters.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = parameters[i].Type.Name;
        }

        return $"({string.Join(',', names)})";
    }
}
