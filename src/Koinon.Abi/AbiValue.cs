using Koinon.Primitives;

namespace Koinon.Abi;

/// <summary>A value of some ABI type: a word, bytes, a text, or a list of values.</summary>
/// <remarks>
/// Immutable; safe from any thread. Integers, bools and addresses are words, signed ones in two's complement; fixed
/// bytes are bytes; arrays and tuples are lists. Two values are equal where they hold the same.
/// </remarks>
public sealed class AbiValue : IEquatable<AbiValue>
{
    private readonly UInt256 _word;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly object? _reference;

    private AbiValue(AbiValueKind kind, UInt256 word, ReadOnlyMemory<byte> bytes, object? reference)
    {
        Kind = kind;
        _word = word;
        _bytes = bytes;
        _reference = reference;
    }

    /// <summary>What it holds.</summary>
    public AbiValueKind Kind { get; }

    /// <summary>The word of an integer, bool or address; zero where it holds something else.</summary>
    public UInt256 Word => _word;

    /// <summary>The word as an address.</summary>
    public Address Address => Address.FromWord(_word);

    /// <summary>Whether the word is not zero.</summary>
    public bool IsTrue => !_word.IsZero;

    /// <summary>The bytes; empty where it holds something else.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The text; empty where it holds something else.</summary>
    public string Text => _reference as string ?? "";

    /// <summary>The values of an array or tuple; empty where it holds something else.</summary>
    public IReadOnlyList<AbiValue> Items => _reference as IReadOnlyList<AbiValue> ?? [];

    /// <summary>An integer.</summary>
    public static implicit operator AbiValue(UInt256 value) => new(AbiValueKind.Word, value, default, null);

    /// <summary>An integer.</summary>
    public static implicit operator AbiValue(ulong value) => (UInt256)value;

    /// <summary>A signed integer.</summary>
    public static implicit operator AbiValue(long value) => unchecked((UInt256)value);

    /// <summary>A signed integer.</summary>
    public static implicit operator AbiValue(int value) => unchecked((UInt256)(long)value);

    /// <summary>A bool.</summary>
    public static implicit operator AbiValue(bool value) => value ? UInt256.One : UInt256.Zero;

    /// <summary>An address.</summary>
    public static implicit operator AbiValue(Address value) => value.ToWord();

    /// <summary>A text.</summary>
    public static implicit operator AbiValue(string value) => new(AbiValueKind.Text, default, default, value);

    /// <summary>Bytes, kept and not copied.</summary>
    public static implicit operator AbiValue(byte[] value) => OfBytes(value);

    /// <summary>Bytes, of fixed length or not; kept and not copied.</summary>
    public static AbiValue OfBytes(ReadOnlyMemory<byte> value) => new(AbiValueKind.Bytes, default, value, null);

    /// <summary>The values of an array or tuple.</summary>
    public static AbiValue OfList(params IReadOnlyList<AbiValue> items) =>
        new(AbiValueKind.List, default, default, items);

    /// <inheritdoc/>
    public bool Equals(AbiValue? other)
    {
        if (other is null || Kind != other.Kind || _word != other._word || Items.Count != other.Items.Count)
        {
            return false;
        }

        for (int i = 0; i < Items.Count; i++)
        {
            if (!Items[i].Equals(other.Items[i]))
            {
                return false;
            }
        }

        return Text == other.Text && _bytes.Span.SequenceEqual(other._bytes.Span);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AbiValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _word, _bytes.Length, Text, Items.Count);

    /// <summary>The value as a person reads it: numbers in decimal, bytes in hex, lists in brackets.</summary>
    public override string ToString() => Kind switch
    {
        AbiValueKind.Word => _word.ToString(),
        AbiValueKind.Bytes => Hex.Encode(_bytes.Span),
        AbiValueKind.Text => $"\"{Text}\"",
        _ => $"[{string.Join(", ", Items)}]",
    };
}
