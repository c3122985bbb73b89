namespace Koinon.Abi.Signing;

/// <summary>Why typed data has no digest.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Path">Where: <c>message.to[1].wallet</c>, or a type's name.</param>
public readonly record struct TypedDataError(TypedDataReason Reason, string Path)
{
    /// <summary>Whether something is wrong.</summary>
    public bool IsError => Reason != TypedDataReason.None;
}
