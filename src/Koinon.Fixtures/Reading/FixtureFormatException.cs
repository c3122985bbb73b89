namespace Koinon.Fixtures.Reading;

/// <summary>A file that is meant to be a test does not hold what its format asks for.</summary>
/// <param name="message">What is wrong, with the name of the field and what stands there.</param>
/// <remarks>Caught where a file is run: the file is then named as one that cannot be read.</remarks>
public sealed class FixtureFormatException(string message) : Exception(message);
