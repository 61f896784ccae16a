# What GLASSBOX_* in the environment says about the machines, checked: a bad value is told with what was expected.
require "rbconfig"

module Glassbox
  PROVIDERS = %w[libvirt virtualbox qemu].freeze
  SYNC = %w[rsync 9p virtiofs virtualbox nfs smb].freeze

  # Public boxes with Debian 12 by provider and architecture.
  BOXES = {
    "libvirt" => {"amd64" => "debian/bookworm64", "arm64" => "cloud-image/debian-12"},
    "virtualbox" => {"amd64" => "debian/bookworm64", "arm64" => "bento/debian-12"},
    "qemu" => {"amd64" => "cloud-image/debian-12", "arm64" => "cloud-image/debian-12"},
  }.freeze

  # Told by Vagrant as it is, without a trace.
  class BadSetting < Vagrant::Errors::VagrantError
    def initialize(en, zh)
      @text = Glassbox.chinese? ? zh : en
      super()
    end

    def error_message
      @text
    end
  end

  def self.chinese?
    (ENV["GLASSBOX_LANG"] || ENV["LC_ALL"] || ENV["LC_MESSAGES"] || ENV["LANG"] || "").start_with?("zh")
  end

  class Settings
    attr_reader :provider, :driver, :arch, :students, :memory, :cpus, :box, :box_url, :box_version, :labs, :sync, :source, :lang,
                :registry, :login

    def initialize(env = ENV, project = File.expand_path("..", __dir__))
      @env = env
      @arch = one_of("GLASSBOX_ARCH", %w[amd64 arm64], host_arch)
      @provider = one_of("GLASSBOX_PROVIDER", PROVIDERS, nil)
      @driver = one_of("GLASSBOX_DRIVER", %w[kvm qemu], default_driver)
      @students = number("GLASSBOX_STUDENTS", 1, 1..99)
      @memory = number("GLASSBOX_MEMORY", 1536, 512..262_144)
      @cpus = number("GLASSBOX_CPUS", 2, 1..64)
      @lang = one_of("GLASSBOX_LANG", %w[en zh], nil)
      @login = pattern("GLASSBOX_LOGIN", /\A[a-z_][a-z0-9_-]*\z/, "an account's name, such as student or vagrant", "账户名，如 student 或 vagrant")
      @registry = pattern("GLASSBOX_REGISTRY", %r{\Ahttps?://\S+\z}, "an address, http:// or https://", "以 http:// 或 https:// 开头的地址")
      @source = value("GLASSBOX_SOURCE") == "box" ? nil : folder("GLASSBOX_SOURCE", project, "package.json")
      @labs = folder("GLASSBOX_LABS", nil, "*/lab.md")
      # A copy is what works everywhere, and what nobody in the machine can write back.
      @sync = one_of("GLASSBOX_LABS_SYNC", SYNC, "rsync")
      read_box
    end

    # What QEMU runs a guest's instructions with: the host's hardware where the driver is kvm or the host a Mac of the same kind.
    def accelerator
      return "tcg" unless @arch == host_arch
      return "hvf" if RbConfig::CONFIG["host_os"].include?("darwin")
      @driver == "kvm" ? "kvm" : "tcg"
    end

    # The box of a provider: the one that was asked for, else a public one.
    def box_of(provider)
      @box || BOXES.fetch(provider).fetch(@arch)
    end

    # Names of the machines: student-1, student-2 …
    def machines
      (1..@students).map { |number| "student-#{number}" }
    end

    private

    def value(name)
      text = @env[name].to_s.strip
      text.empty? ? nil : text
    end

    def bad(name, expected_en, expected_zh)
      raise BadSetting.new("#{name}: expected #{expected_en}, found #{value(name).inspect}.", "#{name}：应为#{expected_zh}，实际为 #{value(name).inspect}。")
    end

    def one_of(name, known, default)
      text = value(name)
      return default unless text
      known.include?(text) ? text : bad(name, "one of #{known.join(", ")}", " #{known.join("、")} 之一")
    end

    def number(name, default, range)
      text = value(name)
      return default unless text
      whole = text.match?(/\A[0-9]{1,9}\z/) ? text.to_i : nil
      whole && range.cover?(whole) ? whole : bad(name, "a whole number from #{range.min} to #{range.max}", " #{range.min} 到 #{range.max} 之间的整数")
    end

    def pattern(name, shape, en, zh)
      text = value(name)
      return nil unless text
      text.match?(shape) ? text : bad(name, en, zh)
    end

    # A folder that holds something like `inside`; relative to where vagrant was called.
    def folder(name, default, inside)
      text = value(name)
      return default unless text
      path = File.expand_path(text)
      bad(name, "a folder", "一个文件夹") unless File.directory?(path)
      bad(name, "a folder with #{inside}", "包含 #{inside} 的文件夹") if Dir.glob(File.join(path.gsub(/[\[\]{}*?\\]/) { |mark| "\\#{mark}" }, inside)).empty?
      path
    end

    # GLASSBOX_BOX is a name, or a file that ends in .box.
    def read_box
      text = value("GLASSBOX_BOX")
      @box_version = pattern("GLASSBOX_BOX_VERSION", /\A[<>=~! 0-9.,a-zA-Z-]+\z/, "a version, such as 12.20240905.1", "版本号，如 12.20240905.1")
      return unless text
      if text.end_with?(".box")
        path = File.expand_path(text)
        bad("GLASSBOX_BOX", "a box's name or a .box file that is there", "box 的名称，或一个存在的 .box 文件") unless File.file?(path)
        @box = "glassbox/#{File.basename(path, ".box").gsub(/[^A-Za-z0-9_.-]/, "-")}"
        @box_url = "file://#{path}"
      else
        @box = text
      end
    end

    def host_arch
      RbConfig::CONFIG["host_cpu"].match?(/arm|aarch64/) ? "arm64" : "amd64"
    end

    def default_driver
      File.exist?("/dev/kvm") && @arch == host_arch ? "kvm" : "qemu"
    end
  end
end
