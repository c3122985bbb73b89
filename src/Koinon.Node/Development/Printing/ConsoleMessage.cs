using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Koinon.Abi;
using Koinon.Primitives;

namespace Koinon.Node.Development.Printing;

/// <summary>What contracts say by <c>console.log</c>: calls to an address that has no code.</summary>
/// <remarks>
/// Both sets of selectors are known: those of the types' full names, and those of older libraries, which hashed
/// <c>uint</c> and <c>int</c> as they stand. The first value is a pattern where it is a text.
/// </remarks>
internal static class ConsoleMessage
{
    private const int ArgumentsMax = 4;

    private static readonly string[] Types = ["uint256", "string", "bool", "address"];

    // Some seven hundred hashes: made when the first contract speaks.
    private static readonly Lazy<FrozenDictionary<Selector, AbiType[]>> Known = new(FindAll);

    /// <summary>Whom they call: the words "console.log" in ASCII.</summary>
    public static Address Receiver { get; } = Address.Parse("0x000000000000000000636F6e736F6c652e6c6f67");

    /// <summary>Reads a call's data.</summary>
    /// <param name="input">The data.</param>
    /// <returns>What a person reads; hex where the data is none of the known calls.</returns>
    public static string Read(ReadOnlyMemory<byte> input)
    {
        if (!Selector.TryRead(input.Span, out Selector selector)
            || !Known.Value.TryGetValue(selector, out AbiType[]? types))
        {
            return Hex.Encode(input.Span);
        }

        return AbiDecoder.TryDecode(types, input[Selector.Size..], out AbiValue[] values, out _, AbiDecodeMode.Tolerant)
            ? Format(types, values)
            : Hex.Encode(input.Span);
    }

    private static FrozenDictionary<Selector, AbiType[]> FindAll()
    {
        Dictionary<Selector, AbiType[]> known = [];
        Add(known, "log", []);
        foreach (string type in (string[])["uint256", "int256", "string", "bool", "address", "bytes"])
        {
            string name = type.TrimEnd("0123456789").ToString();
            Add(known, "log", [type]);
            Add(known, "log" + char.ToUpperInvariant(name[0]) + name[1..], [type]);
        }

        for (int size = 1; size <= UInt256.Size; size++)
        {
            Add(known, $"logBytes{size}", [$"bytes{size}"]);
            Add(known, "log", [$"bytes{size}"]);
        }

        AddMixed(known, []);
        return known.ToFrozenDictionary();
    }

    private static void AddMixed(Dictionary<Selector, AbiType[]> known, string[] types)
    {
        if (types.Length > 0)
        {
            Add(known, "log", types);
        }

        if (types.Length == ArgumentsMax)
        {
            return;
        }

        foreach (string type in Types)
        {
            AddMixed(known, [.. types, type]);
        }
    }

    private static void Add(Dictionary<Selector, AbiType[]> known, string name, string[] types)
    {
        AbiType[] parsed = [.. types.Select(static type => AbiType.Parse(type))];
        string list = string.Join(',', types);
        known[Selector.Of($"{name}({list})")] = parsed;
        known[Selector.Of($"{name}({list.Replace("int256", "int", StringComparison.Ordinal)})")] = parsed;
    }

    private static string Format(AbiType[] types, AbiValue[] values)
    {
        StringBuilder text = new();
        int next = 0;
        if (values.Length > 0 && types[0].Kind == AbiKind.Text)
        {
            next = FillPattern(text, types, values);
        }

        for (; next < values.Length; next++)
        {
            text.Append(text.Length > 0 || next > 0 ? " " : "").Append(TextOf(types[next], values[next]));
        }

        return text.ToString();
    }

    private static int FillPattern(StringBuilder text, AbiType[] types, AbiValue[] values)
    {
        string pattern = values[0].Text;
        int next = 1;
        for (int i = 0; i < pattern.Length; i++)
        {
            char kind = pattern[i] == '%' && i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (kind == '%')
            {
                text.Append('%');
                i++;
            }
            else if (kind is 's' or 'd' or 'i' or 'o' or 'x' && next < values.Length)
            {
                text.Append(TextOf(kind, types[next], values[next]));
                next++;
                i++;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return next;
    }

    private static string TextOf(char kind, AbiType type, AbiValue value)
    {
        bool isNumber = type.Kind is AbiKind.Unsigned or AbiKind.Signed;
        return kind switch
        {
            'd' or 'i' when type.Kind == AbiKind.Bool => value.IsTrue ? "1" : "0",
            'd' or 'i' when !isNumber => "NaN",
            'x' when isNumber => value.Word.ToString("x", CultureInfo.InvariantCulture),
            'o' when type.Kind == AbiKind.Text => $"'{value.Text}'",
            _ => TextOf(type, value),
        };
    }

    private static string TextOf(AbiType type, AbiValue value) => type.Kind switch
    {
        AbiKind.Text => value.Text,
        AbiKind.Bool => value.IsTrue ? "true" : "false",
        AbiKind.Address => value.Address.ToChecksumString(),
        AbiKind.Signed when value.Word.IsNegative => "-" + unchecked(UInt256.Zero - value.Word),
        _ => value.ToString(),
    };
}
