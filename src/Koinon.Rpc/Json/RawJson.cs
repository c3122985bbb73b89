namespace Koinon.Rpc.Json;

/// <summary>A value whose JSON text is there already.</summary>
/// <param name="Text">Valid JSON in UTF-8; nothing stands for null.</param>
public readonly record struct RawJson(ReadOnlyMemory<byte> Text)
{
    /// <summary>The value null.</summary>
    public static RawJson Null => default;
}
