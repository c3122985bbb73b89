using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>The text in what a reverted execution returned.</summary>
public static class RevertReason
{
    /// <summary>Selector of <c>Error(string)</c>: <c>require</c> and <c>revert</c> with a text.</summary>
    private const uint Error = 0x08c379a0;

    /// <summary>Selector of <c>Panic(uint256)</c>: what the compiler itself checks.</summary>
    private const uint Panic = 0x4e487b71;

    private const int SelectorSize = 4;
    private const int WordSize = 32;

    /// <summary>Reads the reason of a revert.</summary>
    /// <param name="returned">What the execution returned.</param>
    /// <param name="reason">The text, or what the panic's code stands for.</param>
    /// <returns>
    /// <see langword="false"/> where there is none to read: no data, a contract's own error, or a malformed encoding.
    /// </returns>
    /// <remarks>Texts of panics are geth's. Bytes that are not UTF-8 become U+FFFD.</remarks>
    public static bool TryDecode(ReadOnlySpan<byte> returned, [NotNullWhen(true)] out string? reason)
    {
        reason = null;
        if (returned.Length < SelectorSize)
        {
            return false;
        }

        ReadOnlySpan<byte> arguments = returned[SelectorSize..];
        reason = BinaryPrimitives.ReadUInt32BigEndian(returned) switch
        {
            Error => TextOf(arguments),
            Panic => PanicOf(arguments),
            _ => null,
        };
        return reason is not null;
    }

    /// <summary>A string that is the only argument: offset, length, bytes.</summary>
    private static string? TextOf(ReadOnlySpan<byte> arguments)
    {
        if (!TryReadInt32(arguments, 0, out int offset) || !TryReadInt32(arguments, offset, out int length))
        {
            return null;
        }

        // Both figures are at most the arguments' length, so their sums do not overflow.
        int start = offset + WordSize;
        return length <= arguments.Length - start ? Encoding.UTF8.GetString(arguments.Slice(start, length)) : null;
    }

    private static string? PanicOf(ReadOnlySpan<byte> arguments)
    {
        if (arguments.Length < WordSize)
        {
            return null;
        }

        UInt256 code = UInt256.FromBigEndian(arguments[..WordSize]);
        return (code.IsUInt64 ? code.U0 : ulong.MaxValue) switch
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
    }

    /// <summary>A word that is no larger than the arguments are long.</summary>
    private static bool TryReadInt32(ReadOnlySpan<byte> arguments, int at, out int value)
    {
        value = 0;
        if (at > arguments.Length - WordSize)
        {
            return false;
        }

        UInt256 word = UInt256.FromBigEndian(arguments.Slice(at, WordSize));
        if (!word.IsUInt64 || word.U0 > (ulong)arguments.Length)
        {
            return false;
        }

        value = (int)word.U0;
        return true;
    }
}
