namespace Koinon.Rpc.Dispatch;

/// <summary>The parameters of a method that takes none.</summary>
public readonly struct NoParameters;
