namespace Koinon.Rpc.Dispatch;

/// <summary>An answer grew over the limit while it was written; the dispatcher answers an error instead.</summary>
internal sealed class RpcOutputFullException() : Exception("The answer is longer than the limit.");
