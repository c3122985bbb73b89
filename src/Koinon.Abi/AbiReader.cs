using System.Text;
using System.Text.Unicode;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>Reads values from data and keeps the first reason against it.</summary>
/// <remarks>
/// Data in which many offsets lead to the same place would unfold without end: each value, and each word of a text, is
/// taken from a budget. How deep it goes, the types decide and not the data.
/// </remarks>
internal struct AbiReader
{
    private const int WordSize = AbiType.WordSize;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly AbiDecodeMode _mode;
    private int _budget;

    internal AbiReader(ReadOnlyMemory<byte> data, AbiDecodeMode mode)
    {
        _data = data;
        _mode = mode;
        _budget = AbiDecoder.ValuesMost;
        Error = default;
    }

    /// <summary>The reason against the data.</summary>
    internal AbiDecodeError Error { get; private set; }

    private readonly bool IsCanonical => _mode == AbiDecodeMode.Canonical;

    /// <summary>Reads the values of a sequence that is all of the data.</summary>
    internal AbiValue[]? ReadAll(AbiTypeSequence types)
    {
        int end = 0;
        AbiValue[]? values = ReadSequence(types, 0, ref end);
        return values is not null && IsCanonical && end != _data.Length
            ? Fail<AbiValue[]>(AbiDecodeReason.TrailingBytes, end)
            : values;
    }

    // Reads heads from "start" on and what they lead to; "end" becomes the first byte behind all of it.
    private AbiValue[]? ReadSequence(AbiTypeSequence types, int start, ref int end)
    {
        // The budget first: items that take no place could be any number.
        if (!TrySpend(types.Count, start))
        {
            return null;
        }

        long heads = types.HeadSize;
        if (heads > _data.Length - start)
        {
            return Fail<AbiValue[]>(AbiDecodeReason.Truncated, _data.Length);
        }

        AbiValue[] values = new AbiValue[types.Count];
        int head = start;
        end = start + (int)heads;
        for (int i = 0; i < values.Length; i++)
        {
            AbiType type = types[i];
            AbiValue? value = type.IsDynamic ? ReadBehind(type, start, head, ref end) : ReadStatic(type, head);
            if (value is null)
            {
                return null;
            }

            values[i] = value;
            head += type.HeadSize;
        }

        return values;
    }

    private AbiValue? ReadBehind(AbiType type, int start, int head, ref int end)
    {
        UInt256 offset = WordAt(head);
        if (!offset.IsUInt64 || offset.U0 > (ulong)(_data.Length - start))
        {
            return Fail<AbiValue>(AbiDecodeReason.OffsetOutOfRange, head);
        }

        int at = start + (int)offset.U0;
        if (IsCanonical && at != end)
        {
            return Fail<AbiValue>(AbiDecodeReason.OffsetNotCanonical, head);
        }

        int valueEnd = at;
        AbiValue? value = ReadDynamic(type, at, ref valueEnd);
        end = Math.Max(end, valueEnd);
        return value;
    }

    private AbiValue? ReadDynamic(AbiType type, int at, ref int end)
    {
        switch (type.Kind)
        {
            case AbiKind.FixedArray:
                return ListOf(ReadSequence(new AbiTypeSequence(type.Element!, type.Length), at, ref end));
            case AbiKind.Tuple:
                return ListOf(ReadSequence(new AbiTypeSequence(type.ComponentTypes), at, ref end));
        }

        if (_data.Length - at < WordSize)
        {
            return Fail<AbiValue>(AbiDecodeReason.Truncated, at);
        }

        UInt256 length = WordAt(at);
        int rest = _data.Length - at - WordSize;

        // Items take up to a word or more each, bytes one; items without size are left to the budget.
        int least = type.Kind == AbiKind.Array ? type.Element!.HeadSize : 1;
        if (!length.IsUInt64 || length.U0 > int.MaxValue || (long)length.U0 * least > rest)
        {
            return Fail<AbiValue>(AbiDecodeReason.LengthOutOfRange, at);
        }

        int count = (int)length.U0;
        end = at + WordSize;
        return type.Kind == AbiKind.Array
            ? ListOf(ReadSequence(new AbiTypeSequence(type.Element!, count), at + WordSize, ref end))
            : ReadBytes(type, at + WordSize, count, ref end);
    }

    private AbiValue? ReadBytes(AbiType type, int at, int length, ref int end)
    {
        int padded = Math.Min((int)Math.Min((length + 31L) / WordSize * WordSize, int.MaxValue), _data.Length - at);
        if (IsCanonical && padded % WordSize != 0)
        {
            return Fail<AbiValue>(AbiDecodeReason.Truncated, _data.Length);
        }

        if (IsCanonical && _data.Span[(at + length)..(at + padded)].ContainsAnyExcept((byte)0))
        {
            return Fail<AbiValue>(AbiDecodeReason.PaddingNotZero, at + length);
        }

        end = at + padded;
        ReadOnlyMemory<byte> content = _data.Slice(at, length);
        return type.Kind == AbiKind.Bytes ? AbiValue.OfBytes(content) : ReadText(content, at);
    }

    private AbiValue? ReadText(ReadOnlyMemory<byte> content, int at)
    {
        if (!TrySpend(content.Length / WordSize, at))
        {
            return null;
        }

        // Tolerant: what is no UTF-8 becomes the replacement character.
        return IsCanonical && !Utf8.IsValid(content.Span)
            ? Fail<AbiValue>(AbiDecodeReason.TextNotUtf8, at)
            : Encoding.UTF8.GetString(content.Span);
    }

    private AbiValue? ReadStatic(AbiType type, int at)
    {
        int end = at;
        switch (type.Kind)
        {
            case AbiKind.FixedArray:
                return ListOf(ReadSequence(new AbiTypeSequence(type.Element!, type.Length), at, ref end));
            case AbiKind.Tuple:
                return ListOf(ReadSequence(new AbiTypeSequence(type.ComponentTypes), at, ref end));
            case AbiKind.FixedBytes:
                return _data.Span[(at + type.Length)..(at + WordSize)].ContainsAnyExcept((byte)0)
                    ? Fail<AbiValue>(AbiDecodeReason.PaddingNotZero, at)
                    : AbiValue.OfBytes(_data.Slice(at, type.Length));
        }

        UInt256 word = WordAt(at);
        return AbiWords.IsInRange(type, word)
            ? word
            : Fail<AbiValue>(
                type.Kind == AbiKind.Bool ? AbiDecodeReason.BoolInvalid : AbiDecodeReason.NumberOutOfRange, at);
    }

    private readonly UInt256 WordAt(int at) => UInt256.FromBigEndian(_data.Span.Slice(at, WordSize));

    private static AbiValue? ListOf(AbiValue[]? items) => items is null ? null : AbiValue.OfList(items);

    private bool TrySpend(int values, int at)
    {
        if (values > _budget)
        {
            Error = new AbiDecodeError(AbiDecodeReason.TooManyValues, at);
            return false;
        }

        _budget -= values;
        return true;
    }

    private T? Fail<T>(AbiDecodeReason reason, int offset)
        where T : class
    {
        Error = new AbiDecodeError(reason, offset);
        return null;
    }
}
