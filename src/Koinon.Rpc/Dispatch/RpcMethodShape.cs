namespace Koinon.Rpc.Dispatch;

/// <summary>What a method takes and gives, for those who describe it.</summary>
/// <param name="Parameters">Its parameters, in their order.</param>
/// <param name="Names">Their names, as many as are known.</param>
/// <param name="Result">The result's shape; <see langword="null"/> where it is written piece by piece.</param>
public sealed record RpcMethodShape(
    IReadOnlyList<ParameterShape> Parameters, IReadOnlyList<string> Names, Type? Result);
