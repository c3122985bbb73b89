namespace Koinon.Node.Forking;

/// <summary>A chain cannot fork off where it was told to.</summary>
/// <param name="message">Why, and what would help.</param>
public sealed class ForkException(string message) : Exception(message);
