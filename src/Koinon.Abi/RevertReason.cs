using System.Diagnostics.CodeAnalysis;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>What the return data of a reverted call says.</summary>
/// <remarks>Immutable; safe from any thread. Any data gives an answer.</remarks>
public sealed class RevertReason
{
    private static readonly AbiSignature ErrorSignature = AbiSignature.Parse("Error(string)");
    private static readonly AbiSignature PanicSignature = AbiSignature.Parse("Panic(uint256)");

    private RevertReason(RevertKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>What kind of data it is.</summary>
    public RevertKind Kind { get; }

    /// <summary>
    /// What it says to a person: the message, the panic's meaning, the error with its values, or hex.
    /// </summary>
    public string Text { get; }

    /// <summary>The panic's code; <see langword="null"/> where it is none.</summary>
    public UInt256? PanicCode { get; private init; }

    /// <summary>The error that was thrown; <see langword="null"/> where it is not known.</summary>
    public AbiSignature? Signature { get; private init; }

    /// <summary>The values of the error.</summary>
    public IReadOnlyList<AbiValue> Values { get; private init; } = [];

    /// <summary>Reads return data.</summary>
    /// <param name="returnData">All that the reverted call returned; kept by bytes among the values.</param>
    /// <param name="errors">Errors that the contract declares; those that are not named are unknown.</param>
    public static RevertReason Decode(ReadOnlyMemory<byte> returnData, params IReadOnlyList<AbiSignature> errors)
    {
        if (returnData.IsEmpty)
        {
            return new RevertReason(RevertKind.Empty, "");
        }

        if (Decodes(ErrorSignature, returnData, out AbiValue[] values))
        {
            return new RevertReason(RevertKind.Error, values[0].Text) { Signature = ErrorSignature, Values = values };
        }

        if (Decodes(PanicSignature, returnData, out values))
        {
            UInt256 code = values[0].Word;
            return new RevertReason(RevertKind.Panic, PanicMeaning(code))
            {
                PanicCode = code,
                Signature = PanicSignature,
                Values = values,
            };
        }

        foreach (AbiSignature error in errors)
        {
            if (Decodes(error, returnData, out values))
            {
                string text = $"{error.Name}({string.Join(", ", (object[])values)})";
                return new RevertReason(RevertKind.Custom, text) { Signature = error, Values = values };
            }
        }

        return new RevertReason(RevertKind.Unknown, Hex.Encode(returnData.Span));
    }

    /// <summary>Reads the text of a revert as JSON-RPC shows it.</summary>
    /// <param name="returned">What the execution returned.</param>
    /// <param name="reason">The message, or what the panic's code stands for.</param>
    /// <returns>
    /// <see langword="false"/> where there is none to read: no data, a contract's own error, or a malformed encoding.
    /// </returns>
    /// <remarks>Bytes that are not UTF-8 become U+FFFD.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> returned, [NotNullWhen(true)] out string? reason)
    {
        RevertReason decoded = Decode(returned.ToArray());
        reason = decoded.Kind is RevertKind.Error or RevertKind.Panic ? decoded.Text : null;
        return reason is not null;
    }

    /// <summary>What a code of <c>Panic(uint256)</c> means.</summary>
    /// <remarks>Texts are geth's; the codes stand in Solidity, "Panic via assert and Error via require".</remarks>
    public static string PanicMeaning(in UInt256 code) => (code.IsUInt64 ? code.U0 : ulong.MaxValue) switch
    {
        0x00 => "generic panic",
        0x01 => "assert(false)",
        0x11 => "arithmetic underflow or overflow",
        0x12 => "division or modulo by zero",
        0x21 => "enum overflow",
        0x22 => "invalid encoded storage byte array accessed",
        0x31 => "out-of-bounds array access; popping on an empty array",
        0x32 => "out-of-bounds access of an array or bytesN",
        0x41 => "out of memory",
        0x51 => "uninitialized function",
        _ => $"unknown panic code: {code:x}",
    };

    /// <summary>The kind and what it says.</summary>
    public override string ToString() => Kind == RevertKind.Empty ? "no reason" : Text;

    // Tolerant: contracts that encode by hand, older compilers' too, must be read.
    private static bool Decodes(AbiSignature signature, ReadOnlyMemory<byte> data, out AbiValue[] values) =>
        signature.TryDecode(data, out values, out _, AbiDecodeMode.Tolerant);
}
