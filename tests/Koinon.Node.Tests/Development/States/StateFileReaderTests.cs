using System.Text;
using Koinon.Node.Development.States;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Tests.Development.States;

/// <summary>Reading piece by piece: complaint 4 of json-rpc.md.</summary>
public sealed class StateFileReaderTests
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000aa");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Read_OfAStreamThatComesInPieces_IsTheSame(int pieceBytes)
    {
        string code = new('6', 200_000);
        string account = "{\"code\":\"0x" + code + "\",\"balance\":\"0x5\",\"storage\":{\"0x1\":\"0x2\"}}";
        byte[] json = Encoding.UTF8.GetBytes(
            "{\"x\":[1,{\"y\":\"z\"}],\"accounts\":{\"" + Someone + "\":" + account + "}}");

        StateFile file = StateFileReader.Read(new PieceStream(json, pieceBytes));

        AccountChange change = file.Accounts.Accounts[Someone];
        Assert.Equal((UInt256)5u, change.Account!.Value.Balance);
        Assert.Equal((UInt256)2u, change.Slots[1u]);
        Assert.Equal(100_000, file.Accounts.Codes[change.Account.Value.CodeHash].Length);
    }

    // The file is never held whole: what is passed over costs a buffer.
    [Fact]
    public void Read_OfAnEndlessMemberThatIsPassedOver_KeepsItsBuffer()
    {
        using Stream endless = new RepeatedStream("{\"other\":[0", ",12345678", 2_000_000, "],\"accounts\":{}}");
        long before = GC.GetAllocatedBytesForCurrentThread();

        StateFileReader.Read(endless);

        long perToken = (GC.GetAllocatedBytesForCurrentThread() - before) / 2_000_000;
        Assert.True(perToken < 8, $"{perToken} bytes a token");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) < 200_000_000);
    }

    private sealed class PieceStream(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(pieceBytes, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(pieceBytes, count));
    }

    private sealed class RepeatedStream(string first, string repeated, int times, string last) : MemoryStream
    {
        private readonly byte[] _repeated = Encoding.UTF8.GetBytes(repeated);
        private byte[] _now = Encoding.UTF8.GetBytes(first);
        private int _at;
        private int _left = times;

        public override int Read(Span<byte> buffer)
        {
            int written = 0;
            while (written < buffer.Length)
            {
                if (_at == _now.Length)
                {
                    if (_left < 0)
                    {
                        break;
                    }

                    _now = _left-- > 0 ? _repeated : Encoding.UTF8.GetBytes(last);
                    _at = 0;
                }

                int count = Math.Min(buffer.Length - written, _now.Length - _at);
                _now.AsSpan(_at, count).CopyTo(buffer[written..]);
                _at += count;
                written += count;
            }

            return written;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int ReadByte()
        {
            Span<byte> one = stackalloc byte[1];
            return Read(one) == 1 ? one[0] : -1;
        }
    }
}
