using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary>The value of a slot as a caller wrote it.</summary>
/// <param name="Word">The value.</param>
/// <param name="Text">What stood there.</param>
public readonly record struct StorageWord(UInt256 Word, string Text)
{
    private const int FullLength = 66;

    /// <summary>Whether all 32 bytes were written.</summary>
    public bool IsFull => Text.Length == FullLength;

    /// <summary>Reads a value.</summary>
    internal static (StorageWord Value, string? Wrong) Read(JsonElement element)
    {
        (UInt256 word, string? wrong) = NumberReader.Word(element);
        return (new StorageWord(word, element.ToString()), wrong);
    }
}
