using System.Buffers.Text;
using Koinon.Primitives;

namespace Koinon.Rpc.Tracing;

/// <summary>A buffer of UTF-8 text that is filled and emptied for each instruction of a trace.</summary>
/// <remarks>It grows to the longest text and stays so: an instruction allocates nothing.</remarks>
internal sealed class TraceText
{
    private const int NumberDigitsMax = 20;
    private const int WordDigits = 64;

    private byte[] _bytes = new byte[1_024];
    private int _length;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Empties it.</summary>
    public TraceText Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds text.</summary>
    public TraceText Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
        return this;
    }

    /// <summary>Adds a decimal number.</summary>
    public TraceText Add(long number)
    {
        // There is room for every number of 64 bits.
        Utf8Formatter.TryFormat(number, Reserve(NumberDigitsMax), out int written);
        _length += written;
        return this;
    }

    /// <summary>Adds a word in quotes: <c>0x</c> and hex digits without leading zeros.</summary>
    public TraceText AddQuantity(in UInt256 word)
    {
        Add("\"0x"u8);
        if (word.IsUInt64)
        {
            Utf8Formatter.TryFormat(word.U0, Reserve(NumberDigitsMax), out int written, 'x');
            _length += written;
        }
        else
        {
            AddDigits(word);
        }

        return Add("\""u8);
    }

    /// <summary>Adds a word in quotes with all its digits.</summary>
    public TraceText AddWord(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return AddData(bytes);
    }

    /// <summary>Adds bytes in quotes.</summary>
    public TraceText AddData(ReadOnlySpan<byte> bytes)
    {
        Add("\"0x"u8);
        Convert.TryToHexStringLower(bytes, Reserve(2 * bytes.Length), out int written);
        _length += written;
        return Add("\""u8);
    }

    private void AddDigits(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        Span<byte> digits = stackalloc byte[WordDigits];
        word.WriteBigEndian(bytes);
        Convert.TryToHexStringLower(bytes, digits, out _);
        Add(((ReadOnlySpan<byte>)digits).TrimStart((byte)'0'));
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}
