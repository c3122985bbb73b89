using System.Diagnostics.CodeAnalysis;
using Koinon.Abi;
using Koinon.Primitives;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Custom errors as Hardhat writes them: <c>InsufficientBalance("0xf39F…", 0, [1, 2])</c>.</summary>
internal static class CustomErrorText
{
    /// <summary>Writes the error that reverted an execution.</summary>
    /// <param name="errors">The errors that are known.</param>
    /// <param name="returned">What the execution returned.</param>
    /// <param name="text">The error with its arguments.</param>
    /// <returns>Whether it is known, and the data are its arguments.</returns>
    public static bool TryWrite(
        ICustomErrors errors, ReadOnlyMemory<byte> returned, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!Selector.TryRead(returned.Span, out Selector selector)
            || !errors.TryFind(selector, out AbiSignature? error)
            || !error.TryDecode(returned, out AbiValue[] values, out _, AbiDecodeMode.Tolerant))
        {
            return false;
        }

        text = $"{error.Name}({Join(error.Parameters.Select(static parameter => parameter.Type), values)})";
        return true;
    }

    private static string Join(IEnumerable<AbiType> types, IEnumerable<AbiValue> values) =>
        string.Join(", ", types.Zip(values, Write));

    private static string Write(AbiType type, AbiValue value) => type.Kind switch
    {
        AbiKind.Unsigned => value.Word.ToString(),
        AbiKind.Signed => Signed(value.Word),
        AbiKind.Bool => value.IsTrue ? "true" : "false",
        AbiKind.Address => $"\"{value.Address.ToChecksumString()}\"",
        AbiKind.FixedBytes or AbiKind.Bytes => $"\"{Hex.Encode(value.Bytes.Span)}\"",
        AbiKind.Text => $"\"{value.Text}\"",
        AbiKind.Tuple => $"[{Join(type.Components.Select(static component => component.Type), value.Items)}]",
        _ => $"[{string.Join(", ", value.Items.Select(item => Write(type.Element!, item)))}]",
    };

    private static string Signed(in UInt256 word) =>
        word.U3 >> 63 == 0 ? word.ToString() : $"-{-word}";
}
