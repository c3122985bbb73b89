using System.Text;
using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>Encodes values as the ABI has them.</summary>
/// <remarks>
/// Stateless and safe from any thread. Values are judged and measured first, then written in one pass.
/// </remarks>
public static class AbiEncoder
{
    private const int WordSize = AbiType.WordSize;

    /// <summary>
    /// Encodes the values of a tuple's components: call data behind a selector, return data, an event's data.
    /// </summary>
    /// <param name="types">A type for each value.</param>
    /// <param name="values">The values.</param>
    /// <param name="encoded">Their encoding; empty on an error.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryEncode(
        IReadOnlyList<AbiType> types, IReadOnlyList<AbiValue> values, out byte[] encoded, out AbiEncodeError error) =>
        TryEncode(types, values, [], out encoded, out error);

    /// <summary>Encodes behind a prefix.</summary>
    internal static bool TryEncode(
        IReadOnlyList<AbiType> types,
        IReadOnlyList<AbiValue> values,
        ReadOnlySpan<byte> prefix,
        out byte[] encoded,
        out AbiEncodeError error)
    {
        encoded = [];
        error = types.Count == values.Count ? AbiEncodeError.None : AbiEncodeError.CountMismatch;
        long size = error == AbiEncodeError.None ? MeasureSequence(new AbiTypeSequence(types), values, ref error) : 0;
        if (error == AbiEncodeError.None && size + prefix.Length > Array.MaxLength)
        {
            error = AbiEncodeError.TooLarge;
        }

        if (error != AbiEncodeError.None)
        {
            return false;
        }

        encoded = new byte[prefix.Length + size];
        prefix.CopyTo(encoded);
        WriteSequence(new AbiTypeSequence(types), values, encoded.AsSpan(prefix.Length));
        return true;
    }

    // What a value takes where it stands: in the head if its type is static, else behind the heads.
    private static long Measure(AbiType type, AbiValue value, ref AbiEncodeError error)
    {
        switch (type.Kind)
        {
            case AbiKind.Bytes:
                Require(value.Kind == AbiValueKind.Bytes, AbiEncodeError.KindMismatch, ref error);
                return WordSize + Padded(value.Bytes.Length);
            case AbiKind.Text:
                Require(value.Kind == AbiValueKind.Text, AbiEncodeError.KindMismatch, ref error);
                Require(IsWhole(value.Text), AbiEncodeError.TextInvalid, ref error);
                return WordSize + Padded(Encoding.UTF8.GetByteCount(value.Text));
            case AbiKind.FixedBytes:
                Require(value.Kind == AbiValueKind.Bytes, AbiEncodeError.KindMismatch, ref error);
                Require(value.Bytes.Length == type.Length, AbiEncodeError.LengthMismatch, ref error);
                return WordSize;
            case AbiKind.Array or AbiKind.FixedArray:
                bool isOpen = type.Kind == AbiKind.Array;
                Require(value.Kind == AbiValueKind.List, AbiEncodeError.KindMismatch, ref error);
                Require(isOpen || value.Items.Count == type.Length, AbiEncodeError.CountMismatch, ref error);
                return (isOpen ? WordSize : 0) + MeasureSequence(
                    new AbiTypeSequence(type.Element!, value.Items.Count), value.Items, ref error);
            case AbiKind.Tuple:
                Require(value.Kind == AbiValueKind.List, AbiEncodeError.KindMismatch, ref error);
                Require(value.Items.Count == type.Components.Count, AbiEncodeError.CountMismatch, ref error);
                return error == AbiEncodeError.None
                    ? MeasureSequence(new AbiTypeSequence(type.ComponentTypes), value.Items, ref error)
                    : 0;
            default:
                Require(value.Kind == AbiValueKind.Word, AbiEncodeError.KindMismatch, ref error);
                Require(AbiWords.IsInRange(type, value.Word), AbiEncodeError.NumberOutOfRange, ref error);
                return WordSize;
        }
    }

    private static long MeasureSequence(
        AbiTypeSequence types, IReadOnlyList<AbiValue> values, ref AbiEncodeError error)
    {
        long size = 0;
        for (int i = 0; i < types.Count && error == AbiEncodeError.None; i++)
        {
            size += Measure(types[i], values[i], ref error) + (types[i].IsDynamic ? WordSize : 0);
        }

        return size;
    }

    // Heads first, then what is dynamic, each at the offset that its head names; returns the bytes written.
    private static int WriteSequence(
        AbiTypeSequence types, IReadOnlyList<AbiValue> values, Span<byte> place)
    {
        int head = 0;
        int tail = (int)types.HeadSize;

        for (int i = 0; i < types.Count; i++)
        {
            AbiType type = types[i];
            if (type.IsDynamic)
            {
                WriteWord((ulong)tail, place[head..]);
                tail += Write(type, values[i], place[tail..]);
                head += WordSize;
            }
            else
            {
                head += Write(type, values[i], place[head..]);
            }
        }

        return tail;
    }

    private static int Write(AbiType type, AbiValue value, Span<byte> place)
    {
        switch (type.Kind)
        {
            case AbiKind.Bytes:
                WriteWord((ulong)value.Bytes.Length, place);
                value.Bytes.Span.CopyTo(place[WordSize..]);
                return WordSize + (int)Padded(value.Bytes.Length);
            case AbiKind.Text:
                int length = Encoding.UTF8.GetBytes(value.Text, place[WordSize..]);
                WriteWord((ulong)length, place);
                return WordSize + (int)Padded(length);
            case AbiKind.FixedBytes:
                value.Bytes.Span.CopyTo(place);
                return WordSize;
            case AbiKind.Array:
                WriteWord((ulong)value.Items.Count, place);
                return WordSize + WriteSequence(
                    new AbiTypeSequence(type.Element!, value.Items.Count), value.Items, place[WordSize..]);
            case AbiKind.FixedArray:
                return WriteSequence(new AbiTypeSequence(type.Element!, type.Length), value.Items, place);
            case AbiKind.Tuple:
                return WriteSequence(new AbiTypeSequence(type.ComponentTypes), value.Items, place);
            default:
                value.Word.WriteBigEndian(place);
                return WordSize;
        }
    }

    private static void WriteWord(ulong value, Span<byte> place) => ((UInt256)value).WriteBigEndian(place);

    private static long Padded(long length) => (length + WordSize - 1) / WordSize * WordSize;

    private static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    private static void Require(bool condition, AbiEncodeError otherwise, ref AbiEncodeError error) =>
        error = error == AbiEncodeError.None && !condition ? otherwise : error;
}
