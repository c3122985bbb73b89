namespace Koinon.Node.Development;

/// <summary>An option of a development chain that cannot be used, found at its start.</summary>
/// <param name="message">Which, what is wrong and what would be right.</param>
public sealed class DevelopmentOptionException(string message) : Exception(message);
