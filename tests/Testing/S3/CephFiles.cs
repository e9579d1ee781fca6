namespace LocalAI.Pipeline.Testing.S3;

/// <summary>What Ceph's programs read: one monitor, one store in memory, one gateway, no authentication between them.</summary>
internal static class CephFiles
{
    /// <summary>
    /// Starts everything as children that die with the shell, which lives until its standard input is closed. $1 is the
    /// folder, $2 the monitor's port, $3 the gateway's.
    /// </summary>
    public const string Script = """
        set -e
        export CEPH_CONF="$1/ceph.conf"
        leashed() { setpriv --pdeathsig KILL -- "$@" -f </dev/null >/dev/null 2>&1 & }
        cd "$1"
        monmaptool --create --fsid "$(sed -n 's/^fsid = //p' ceph.conf)" --addv a "[v1:127.0.0.1:$2]" monmap
        ceph-mon --mkfs -i a --monmap monmap
        leashed ceph-mon -i a
        uuid=$(cat /proc/sys/kernel/random/uuid)
        timeout 50 ceph osd new "$uuid"
        ceph-osd -i 0 --mkfs --osd-uuid "$uuid"
        leashed ceph-osd -i 0
        leashed radosgw -n client.rgw
        for _ in $(seq 250); do
          (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null && break
          sleep 0.2
        done
        user() { timeout -k 1 15 radosgw-admin user create --uid=test --display-name=test --access-key=test --secret-key=testsecret; }
        # Once in a while the first call waits for ever for what the gateway is making at the same moment.
        user || user || timeout -k 1 15 radosgw-admin user info --uid=test
        echo "S3 is ready"
        exec cat >/dev/null
        """;

    public static string Configuration(string folder, int monitorPort, int gatewayPort) => $"""
        [global]
        fsid = {Guid.NewGuid()}
        mon_initial_members = a
        mon_host = [v1:127.0.0.1:{monitorPort}]
        auth_cluster_required = none
        auth_service_required = none
        auth_client_required = none
        osd_pool_default_size = 1
        osd_pool_default_min_size = 1
        osd_pool_default_pg_num = 1
        osd_pool_default_pg_autoscale_mode = off
        mon_allow_pool_size_one = true
        osd_crush_chooseleaf_type = 0
        run_dir = {folder}
        admin_socket = {folder}/$name.asok
        log_file = /dev/null
        mon_cluster_log_file = /dev/null
        mon_data_avail_crit = 1
        mon_data_avail_warn = 2
        ms_bind_ipv4 = true
        public_addr = 127.0.0.1
        cluster_addr = 127.0.0.1
        [mon.a]
        mon_data = {folder}/mon
        [osd.0]
        osd_data = {folder}/osd
        osd_objectstore = memstore
        memstore_device_bytes = 1073741824
        [client.rgw]
        rgw_frontends = beast endpoint=127.0.0.1:{gatewayPort}
        rgw_data = {folder}/rgw
        rgw_thread_pool_size = 32
        rgw_enable_usage_log = false

        """;
}
