using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Blocks;

/// <summary>Why bytes are no header: what is wrong, and in which field.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Field">Where.</param>
/// <param name="Rlp">The reader's own reason, where it was the reader that refused.</param>
public readonly record struct HeaderDecodeError(
    BodyDecodeReason Reason, HeaderField Field, RlpError Rlp = RlpError.None)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != BodyDecodeReason.None;

    /// <summary>What an error of the reader means at a field.</summary>
    internal static HeaderDecodeError From(RlpError error, HeaderField field) =>
        new(BodyDecodeReasons.From(error), field, error);
}
