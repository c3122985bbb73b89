namespace Koinon.Abi;

/// <summary>A parameter, or a component of a tuple.</summary>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsIndexed">Whether it is a topic of an event.</param>
public sealed record AbiParameter(string Name, AbiType Type, bool IsIndexed = false);
