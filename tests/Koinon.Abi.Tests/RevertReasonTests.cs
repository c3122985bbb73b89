using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;

namespace Koinon.Abi.Tests;

public sealed class RevertReasonTests
{
    private const string ErrorSelector = "0x08c379a0";
    private const string PanicSelector = "0x4e487b71";

    [Fact]
    public void TryDecode_OfAText_GivesIt() =>
        Prop.ForAll<NonNull<string>>(static text =>
        {
            // A lone surrogate has no UTF-8: compare what UTF-8 keeps.
            byte[] utf8 = Encoding.UTF8.GetBytes(text.Get);
            return RevertReason.TryDecode(Error(utf8), out string? reason) && reason == Encoding.UTF8.GetString(utf8);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0x01, "assert(false)")]
    [InlineData(0x11, "arithmetic underflow or overflow")]
    [InlineData(0x12, "division or modulo by zero")]
    [InlineData(0x32, "out-of-bounds access of an array or bytesN")]
    [InlineData(0x99, "unknown panic code: 0x99")]
    public void TryDecode_OfAPanic_SaysWhatItsCodeStandsFor(int code, string expected)
    {
        Assert.True(RevertReason.TryDecode([.. Hex.Decode(PanicSelector), .. Word(code)], out string? reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void TryDecode_OfACutText_FindsNone()
    {
        byte[] whole = Error("insufficient balance"u8);
        for (int length = 0; length < 4 + 32 + 32 + "insufficient balance".Length; length++)
        {
            Assert.False(RevertReason.TryDecode(whole.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void TryDecode_OfAnyBytes_DoesNotThrow() =>
        Prop.ForAll<byte[], bool>(static (bytes, isPanic) =>
        {
            RevertReason.TryDecode([.. Hex.Decode(isPanic ? PanicSelector : ErrorSelector), .. bytes], out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_OfOffsetsAndLengthsBeyondTheData_FindsNone()
    {
        byte[] selector = Hex.Decode(ErrorSelector);
        byte[] highest = new byte[32];
        Array.Fill(highest, (byte)0xff);

        Assert.False(RevertReason.TryDecode([.. selector, .. highest, .. Word(0)], out _));
        Assert.False(RevertReason.TryDecode([.. selector, .. Word(32), .. highest], out _));
        Assert.False(RevertReason.TryDecode([.. selector, .. Word(64), .. Word(0)], out _));
        Assert.False(RevertReason.TryDecode([.. selector, .. Word(32), .. Word(1)], out _));
    }

    [Fact]
    public void TryDecode_OfAContractsOwnError_FindsNone() =>
        Assert.False(RevertReason.TryDecode([1, 2, 3, 4, .. Word(32), .. Word(0)], out _));

    [Fact]
    public void Decode_OfAContractsOwnError_NamesItWithItsValues()
    {
        AbiSignature error = AbiSignature.Parse("error InsufficientBalance(address who, uint256 has, string what)");
        Assert.True(error.TryEncode([Address.FromWord(1u), 5, "gold"], out byte[] data, out _));

        RevertReason known = RevertReason.Decode(data, error);
        RevertReason unknown = RevertReason.Decode(data);

        Assert.Equal((RevertKind.Custom, "InsufficientBalance(1, 5, \"gold\")"), (known.Kind, known.Text));
        Assert.Same(error, known.Signature);
        Assert.Equal(3, known.Values.Count);
        Assert.Equal((RevertKind.Unknown, Hex.Encode(data)), (unknown.Kind, unknown.Text));
    }

    [Fact]
    public void Decode_OfEachKind_SaysWhichItIs()
    {
        RevertReason panic = RevertReason.Decode((byte[])[.. Hex.Decode(PanicSelector), .. Word(0x11)]);

        Assert.Equal(RevertKind.Empty, RevertReason.Decode(default).Kind);
        Assert.Equal(RevertKind.Error, RevertReason.Decode(Error("no"u8)).Kind);
        Assert.Equal((RevertKind.Panic, (UInt256)0x11u), (panic.Kind, panic.PanicCode));
        Assert.Equal(RevertKind.Unknown, RevertReason.Decode(new byte[] { 1, 2, 3 }).Kind);
    }

    private static byte[] Error(ReadOnlySpan<byte> text)
    {
        byte[] padded = new byte[(text.Length + 31) / 32 * 32];
        text.CopyTo(padded);
        return [.. Hex.Decode(ErrorSelector), .. Word(32), .. Word(text.Length), .. padded];
    }

    private static byte[] Word(int value)
    {
        byte[] word = new byte[32];
        ((UInt256)(uint)value).WriteBigEndian(word);
        return word;
    }
}
