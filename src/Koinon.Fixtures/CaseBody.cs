namespace Koinon.Fixtures;

/// <summary>Runs one case.</summary>
/// <param name="trace">Where EIP-3155 lines go; <see langword="null"/> in an ordinary run.</param>
public delegate CaseVerdict CaseBody(TraceOutput? trace);
