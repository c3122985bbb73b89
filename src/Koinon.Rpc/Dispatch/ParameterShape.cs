namespace Koinon.Rpc.Dispatch;

/// <summary>A parameter as a method reads it.</summary>
/// <param name="Type">What it is read as.</param>
/// <param name="IsRequired">Whether it must be there.</param>
public sealed record ParameterShape(Type Type, bool IsRequired);
