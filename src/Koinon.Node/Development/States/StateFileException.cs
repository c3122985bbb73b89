namespace Koinon.Node.Development.States;

/// <summary>A state file that cannot be read.</summary>
/// <param name="message">Where, what is wrong and what is expected.</param>
internal sealed class StateFileException(string message) : Exception(message);
