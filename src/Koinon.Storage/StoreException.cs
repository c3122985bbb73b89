namespace Koinon.Storage;

/// <summary>A store could not do what it was asked. Its text says what to do about it.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What happened and what would help.</param>
/// <param name="inner">What the system said, if anything.</param>
public sealed class StoreException(StoreError error, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public StoreError Error { get; } = error;
}
