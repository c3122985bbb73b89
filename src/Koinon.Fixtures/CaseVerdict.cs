namespace Koinon.Fixtures;

/// <summary>Whether a case went as its file says.</summary>
/// <param name="Failure">What differed, with expected and actual; <see langword="null"/> where nothing did.</param>
/// <param name="Gas">Gas that the case used; zero where it uses none.</param>
public readonly record struct CaseVerdict(string? Failure, ulong Gas = 0)
{
    /// <summary>A case that went as its file says.</summary>
    public static CaseVerdict Pass(ulong gas = 0) => new(null, gas);

    /// <summary>A case that did not.</summary>
    public static CaseVerdict Fail(string failure, ulong gas = 0) => new(failure, gas);

    /// <summary>A case that did not: two lines that say what was expected and what came.</summary>
    public static CaseVerdict Differs<TExpected, TActual>(
        string what, TExpected expected, TActual actual, ulong gas = 0) =>
        new($"{what} differs\nexpected {expected}\nactual   {actual}", gas);

    /// <summary>Passes where the two are equal.</summary>
    public static CaseVerdict Compare<T>(string what, T expected, T actual)
        where T : IEquatable<T> => expected.Equals(actual) ? Pass() : Differs(what, expected, actual);

    /// <summary>Passes where the bytes are equal.</summary>
    public static CaseVerdict CompareBytes(string what, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) =>
        expected.SequenceEqual(actual)
            ? Pass()
            : Differs(what, Primitives.Hex.Encode(expected), Primitives.Hex.Encode(actual));
}
