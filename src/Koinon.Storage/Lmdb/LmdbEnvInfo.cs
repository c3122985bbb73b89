namespace Koinon.Storage.Lmdb;

/// <summary>An environment's state (<c>MDB_envinfo</c>).</summary>
internal struct LmdbEnvInfo
{
    public nint MapAddress;
    public nuint MapBytes;
    public nuint LastPage;
    public nuint LastTransaction;
    public uint ReadersMax;
    public uint Readers;
}
