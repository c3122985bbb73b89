using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>What came of one call in one exchange.</summary>
/// <param name="Reply">The remote's answer, an error of its own included.</param>
/// <param name="Fault">Why there is no answer, for a reason that may pass; <see langword="null"/> where there is one.
/// </param>
internal readonly record struct RemoteAttempt(RpcResult<ReadOnlyMemory<byte>> Reply, RemoteFault? Fault);
