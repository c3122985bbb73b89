namespace Koinon.Rpc.Dispatch;

/// <summary>Writes a result's JSON value piece by piece.</summary>
/// <param name="stream">Where it is written.</param>
/// <returns>
/// Why it cannot be finished, or <see langword="null"/>. The caller sees the error where nothing was sent yet; else its
/// connection is ended, since half a value must not look like a whole one.
/// </returns>
/// <remarks>Runs on a thread of its own, which waits while the caller does not read.</remarks>
public delegate RpcError? RpcStreamBody(RpcValueStream stream);
